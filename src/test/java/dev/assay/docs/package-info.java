/** The pages under docs: what of them is made from the product, and what of them must run. */
package dev.assay.docs;
