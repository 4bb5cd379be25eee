/** What the adapters share: clients, failures, and requests as JSON. */
@NullMarked
package dev.assay.emr.aws;

import org.jspecify.annotations.NullMarked;
