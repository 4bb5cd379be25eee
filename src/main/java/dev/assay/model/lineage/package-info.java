/** From which columns of which inputs a run made the columns of its table: values only. */
@org.jspecify.annotations.NullMarked
package dev.assay.model.lineage;
