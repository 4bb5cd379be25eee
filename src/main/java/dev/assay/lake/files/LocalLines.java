package dev.assay.lake.files;

import dev.assay.model.SourceFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;
import org.apache.hadoop.mapreduce.lib.input.LineRecordReader;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import scala.Tuple2;

/** The lines of one file with their offsets, by the reader that Spark is given, without Spark. */
final class LocalLines implements Iterator<Tuple2<LongWritable, Text>>, Closeable {
  private final LineRecordReader reader;
  private boolean read;
  private boolean more;

  private LocalLines(LineRecordReader reader) {
    this.reader = reader;
  }

  static LocalLines open(SourceFile file, Configuration configuration) throws IOException {
    LineRecordReader reader = new LineRecordReader();
    reader.initialize(
        new FileSplit(new Path(file.path()), 0, file.size(), new String[0]),
        new TaskAttemptContextImpl(configuration, new TaskAttemptID()));
    return new LocalLines(reader);
  }

  /** The number of the line that begins at an offset; the first is 1. */
  static long number(SourceFile file, Configuration configuration, long offset) throws IOException {
    try (LocalLines lines = open(file, configuration)) {
      long number = 1;
      while (lines.hasNext() && lines.next()._1().get() < offset) {
        number++;
      }
      return number;
    }
  }

  @Override
  public boolean hasNext() {
    if (!read) {
      try {
        more = reader.nextKeyValue();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      read = true;
    }
    return more;
  }

  @Override
  public Tuple2<LongWritable, Text> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    read = false;
    return new Tuple2<>(reader.getCurrentKey(), reader.getCurrentValue());
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
