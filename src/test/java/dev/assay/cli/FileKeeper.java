package dev.assay.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps every file that stands in some folders for a moment: it gets a second link elsewhere, under
 * which its bytes stay, those written later among them, when the first one is deleted.
 */
final class FileKeeper implements AutoCloseable {
  private final Path kept;
  private final List<Path> roots;
  private final Set<String> known = new HashSet<>();
  private final Thread thread;
  private volatile boolean stopped;
  private volatile RuntimeException failure;

  /**
   * @param kept where the links go; on the same disk, and not below a root
   * @param roots what is watched, with all that is or will be below it
   */
  FileKeeper(Path kept, Path... roots) {
    this.kept = kept;
    this.roots = List.of(roots);
    this.thread = new Thread(this::keepAll, "file-keeper");
    thread.start();
  }

  private void keepAll() {
    try {
      while (!stopped) {
        look();
        Thread.sleep(5);
      }
      look();
    } catch (IOException e) {
      failure = new UncheckedIOException(e);
    } catch (InterruptedException e) {
      failure = new IllegalStateException(e);
    }
  }

  private void look() throws IOException {
    for (Path root : roots) {
      look(root);
    }
  }

  private void look(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()) {
              keep(root.getParent().relativize(file), file, String.valueOf(attributes.fileKey()));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException e) {
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** One link per name of a file: a name can tell something too. */
  private void keep(Path name, Path file, String key) throws IOException {
    if (known.add(key + name)) {
      Path link = kept.resolve(String.valueOf(known.size())).resolve(name);
      Files.createDirectories(link.getParent());
      try {
        Files.createLink(link, file);
      } catch (NoSuchFileException e) {
        // gone between the look and the link: there was no moment to read it in
        known.remove(key + name);
      }
    }
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.join();
    if (failure != null) {
      throw failure;
    }
  }
}
