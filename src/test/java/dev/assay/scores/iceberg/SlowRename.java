package dev.assay.scores.iceberg;

import java.io.IOException;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The local disk, on a machine that is busy between a commit's look at the next version and its
 * rename: what else would go wrong once a year goes wrong in a test.
 */
public final class SlowRename extends LocalFileSystem {
  @Override
  public boolean rename(Path from, Path to) throws IOException {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return super.rename(from, to);
  }
}
