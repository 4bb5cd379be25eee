package dev.assay.lake.files;

import dev.assay.lake.UnreadableInputException;
import dev.assay.model.AssayException;
import dev.assay.model.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;
import org.apache.hadoop.mapreduce.lib.input.TextInputFormat;
import org.apache.spark.api.java.JavaNewHadoopRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Reads text files line by line, in splits, with the offset of every line; compressed files by
 * their ending. Hadoop's own line reader does the reading.
 */
final class LineFiles {
  private static final long SMALLEST_PIECE = 4L << 20;
  private static final long LARGEST_PIECE = 128L << 20;

  private LineFiles() {}

  static JavaRDD<InternalRow> read(
      SparkSession spark,
      List<SourceFile> files,
      RecordFormat format,
      boolean header,
      boolean multiLine) {
    Configuration configuration = new Configuration(spark.sessionState().newHadoopConf());
    if (multiLine) {
      // a record may cross any line, so a file is read in one piece
      configuration.setLong(FileInputFormat.SPLIT_MINSIZE, Long.MAX_VALUE);
    } else {
      configuration.setLong(FileInputFormat.SPLIT_MAXSIZE, pieceSize(spark, files));
    }
    setPaths(configuration, files);
    JavaNewHadoopRDD<LongWritable, Text> lines =
        (JavaNewHadoopRDD<LongWritable, Text>)
            JavaSparkContext.fromSparkContext(spark.sparkContext())
                .newAPIHadoopRDD(
                    configuration, TextInputFormat.class, LongWritable.class, Text.class);
    return lines.mapPartitionsWithInputSplit(
        (split, iterator) -> new Records(pathOf(split), iterator, format, header, multiLine), true);
  }

  /** The records of a file that is read in one piece. */
  static Iterator<InternalRow> records(
      String file,
      Iterator<Tuple2<LongWritable, Text>> lines,
      RecordFormat format,
      boolean header,
      boolean multiLine) {
    return new Records(file, lines, format, header, multiLine);
  }

  /** As Spark cuts its own files: so that all cores have as much to do, but not in crumbs. */
  private static long pieceSize(SparkSession spark, List<SourceFile> files) {
    long all = files.stream().mapToLong(SourceFile::size).sum();
    long share = all / Math.max(1, spark.sparkContext().defaultParallelism()) + 1;
    return Math.min(LARGEST_PIECE, Math.max(SMALLEST_PIECE, share));
  }

  private static void setPaths(Configuration configuration, List<SourceFile> files) {
    try {
      Job job = Job.getInstance(configuration);
      Path[] paths = files.stream().map(SourceFiles::literal).map(Path::new).toArray(Path[]::new);
      FileInputFormat.setInputPaths(job, paths);
      configuration.set(
          FileInputFormat.INPUT_DIR, job.getConfiguration().get(FileInputFormat.INPUT_DIR));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot set up the reading of files", e);
    }
  }

  private static String pathOf(InputSplit split) {
    return ((FileSplit) split).getPath().toString();
  }

  /** The records of one split. */
  private static final class Records implements Iterator<InternalRow> {
    /** A quote that does not close within so many lines is a stray one. */
    private static final int MOST_LINES = 10_000;

    private final String file;
    private final Iterator<Tuple2<LongWritable, Text>> lines;
    private final UTF8String fileText;
    private final RecordFormat format;
    private final RecordSplitter splitter;
    private final boolean header;
    private final boolean multiLine;
    private final java.util.ArrayDeque<Line> pending = new java.util.ArrayDeque<>();
    private @Nullable InternalRow next;

    Records(
        String file,
        Iterator<Tuple2<LongWritable, Text>> lines,
        RecordFormat format,
        boolean header,
        boolean multiLine) {
      this.file = file;
      this.lines = lines;
      this.fileText = UTF8String.fromString(file);
      this.format = format;
      this.splitter = format.splitter(file);
      this.header = header;
      this.multiLine = multiLine;
    }

    @Override
    public boolean hasNext() {
      if (next == null) {
        next = advance();
      }
      return next != null;
    }

    @Override
    public InternalRow next() {
      if (!hasNext() || next == null) {
        throw new NoSuchElementException();
      }
      InternalRow row = next;
      next = null;
      return row;
    }

    private @Nullable InternalRow advance() {
      Line line = nextLine();
      while (line != null && ((header && line.offset == 0) || splitter.isNothing(line.bytes))) {
        line = nextLine();
      }
      if (line == null) {
        return null;
      }
      byte[] bytes = multiLine ? wholeRecord(line) : line.bytes;
      return splitter.split(new RawRecord(fileText, line.offset, bytes));
    }

    /**
     * Adds lines until quotes are even; if that gives no single record, the first line stands
     * alone.
     */
    private byte[] wholeRecord(Line first) {
      java.io.ByteArrayOutputStream record = new java.io.ByteArrayOutputStream();
      record.writeBytes(first.bytes);
      java.util.ArrayDeque<Line> taken = new java.util.ArrayDeque<>();
      while (!format.complete(record.toString(java.nio.charset.StandardCharsets.ISO_8859_1))) {
        Line line = taken.size() < MOST_LINES ? nextLine() : null;
        if (line == null) {
          break;
        }
        taken.add(line);
        record.write('\n');
        record.writeBytes(line.bytes);
      }
      String text = record.toString(java.nio.charset.StandardCharsets.ISO_8859_1);
      if (taken.isEmpty() || (format.complete(text) && format.isSingle(text))) {
        return record.toByteArray();
      }
      while (!taken.isEmpty()) {
        pending.addFirst(taken.removeLast());
      }
      return first.bytes;
    }

    private @Nullable Line nextLine() {
      if (!pending.isEmpty()) {
        return pending.removeFirst();
      }
      try {
        if (!lines.hasNext()) {
          return null;
        }
        Tuple2<LongWritable, Text> line = lines.next();
        return new Line(
            line._1().get(), Arrays.copyOf(line._2().getBytes(), line._2().getLength()));
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        // Hadoop's reader throws IOException through Scala, undeclared
        AssayException known = DamagedFile.unreadable(file, e);
        // without its cause, which may be nothing that travels from a task to the driver
        throw known instanceof UnreadableInputException
            ? known
            : new AssayException(known.kind(), known.getMessage());
      }
    }
  }

  private record Line(long offset, byte[] bytes) {}
}
