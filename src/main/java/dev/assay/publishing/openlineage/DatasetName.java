package dev.assay.publishing.openlineage;

import java.util.Optional;

/**
 * What a dataset is called in lineage.
 *
 * @param symlink another name for the same table; files have none
 */
record DatasetName(String namespace, String name, Optional<Symlink> symlink) {
  /** A name by which a catalog knows it. */
  record Symlink(String namespace, String name) {}
}
