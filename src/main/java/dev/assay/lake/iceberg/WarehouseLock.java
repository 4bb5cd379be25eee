package dev.assay.lake.iceberg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.LockManager;
import org.jspecify.annotations.Nullable;

/**
 * Lets one commit at a time into a warehouse on a local disk. A Hadoop catalog asks whether the
 * next version is there and then renames its own to it, and a rename on a local disk replaces what
 * is there: of two processes between question and rename one would lose its commit without a word.
 * The operating system holds the lock, so that it ends with the process, however that ends.
 */
final class WarehouseLock implements LockManager {
  /** The system's locks part processes only: closing the file once frees it for all threads. */
  private static final Map<Path, Semaphore> THREADS = new ConcurrentHashMap<>();

  private Path file = Path.of("");
  private volatile @Nullable Held held;

  private record Held(String owner, FileChannel channel) {}

  /** Whether a catalog with these properties is on a local disk and has no lock of its own. */
  static boolean fits(Map<String, String> catalog) {
    String warehouse = catalog.get(CatalogProperties.WAREHOUSE_LOCATION);
    return "hadoop".equals(catalog.get("type"))
        && warehouse != null
        && !catalog.containsKey(CatalogProperties.LOCK_IMPL)
        && isLocal(warehouse);
  }

  private static boolean isLocal(String warehouse) {
    String scheme = uri(warehouse).getScheme();
    return scheme == null || scheme.equals("file");
  }

  private static URI uri(String warehouse) {
    return new org.apache.hadoop.fs.Path(warehouse).toUri();
  }

  @Override
  public void initialize(Map<String, String> properties) {
    String warehouse =
        Objects.requireNonNull(properties.get(CatalogProperties.WAREHOUSE_LOCATION), "warehouse");
    file = Path.of(uri(warehouse).getPath()).toAbsolutePath().normalize().resolve(".commit.lock");
  }

  @Override
  public boolean acquire(String version, String owner) {
    Semaphore threads = threads();
    threads.acquireUninterruptibly();
    try {
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      held = new Held(owner, locked());
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lock the warehouse with " + file, e);
    } finally {
      if (held == null) {
        threads.release();
      }
    }
  }

  private FileChannel locked() throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      channel.lock();
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public boolean release(String version, String owner) {
    Held ours = held;
    if (ours == null || !ours.owner().equals(owner)) {
      return false;
    }
    held = null;
    try {
      ours.channel().close();
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot free the warehouse's lock " + file, e);
    } finally {
      threads().release();
    }
  }

  private Semaphore threads() {
    return THREADS.computeIfAbsent(file, path -> new Semaphore(1));
  }

  @Override
  public void close() {}
}
