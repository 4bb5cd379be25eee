package dev.assay.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import net.jpountz.lz4.LZ4BlockInputStream;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;

/**
 * Looks for words in files: in their names and their folders', as bytes, and again in what Parquet,
 * Avro, gzip and LZ4 (in which Spark shuffles and spills) have compressed.
 */
final class ByteSearch {
  /** What LZ4 writes before each of its blocks. */
  private static final String LZ4_BLOCK = "LZ4Block";

  private final List<String> words;

  ByteSearch(List<String> words) {
    this.words = words;
  }

  /** Every finding as "file: word"; and how many files were searched. */
  record Found(List<String> findings, int files, int parquet, int avro) {}

  Found in(Path... folders) {
    List<String> findings = new ArrayList<>();
    int files = 0;
    int parquet = 0;
    int avro = 0;
    for (Path folder : folders) {
      for (Path file : list(folder)) {
        files++;
        search(file, folder.relativize(file).toString(), findings);
        String bytes = text(bytes(file));
        search(file, bytes, findings);
        if (file.toString().endsWith(".parquet")) {
          parquet++;
          search(file, parquet(file), findings);
        } else if (file.toString().endsWith(".avro")) {
          avro++;
          search(file, avro(file), findings);
        } else if (file.toString().endsWith(".gz")) {
          search(file, gzip(file), findings);
        } else if (bytes.startsWith(LZ4_BLOCK)) {
          search(file, lz4(file), findings);
        }
      }
    }
    return new Found(findings, files, parquet, avro);
  }

  private void search(Path file, String text, List<String> findings) {
    for (String word : words) {
      if (text.contains(word)) {
        findings.add(file + ": " + word);
      }
    }
  }

  private static String parquet(Path file) {
    StringBuilder text = new StringBuilder();
    try (ParquetReader<Group> records =
        ParquetReader.builder(new GroupReadSupport(), new org.apache.hadoop.fs.Path(file.toUri()))
            .build()) {
      for (Group record = records.read(); record != null; record = records.read()) {
        text.append(record).append('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** Manifests among them: bounds are bytes in their records. */
  private static String avro(Path file) {
    StringBuilder text = new StringBuilder();
    try (DataFileStream<GenericRecord> records =
        new DataFileStream<>(Files.newInputStream(file), new GenericDatumReader<>())) {
      for (GenericRecord record : records) {
        text.append(record).append('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static String gzip(Path file) {
    try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(bytes(file)))) {
      return text(stream.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All streams of the file: a shuffle file has one for each partition. */
  private static String lz4(Path file) {
    try (LZ4BlockInputStream stream =
        new LZ4BlockInputStream(new ByteArrayInputStream(bytes(file)), false)) {
      return text(stream.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
