package dev.assay.lake.files;

import dev.assay.lake.UnreadableInputException;
import dev.assay.model.SourceFile;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import org.apache.avro.file.DataFileConstants;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * Checks that an Avro file ends where a block ends. Avro's own reader takes a file that breaks off
 * in a block as one that ends before it, and the rows after that are lost without a word.
 */
final class AvroEnd {
  private AvroEnd() {}

  /**
   * Reads the header and the last bytes.
   *
   * @throws UnreadableInputException if the file is no Avro file or breaks off
   */
  static void check(SourceFile file, Configuration configuration) {
    Path path = new Path(file.path());
    try (FSDataInputStream stream = path.getFileSystem(configuration).open(path)) {
      byte[] sync = syncMarker(stream);
      byte[] end = new byte[DataFileConstants.SYNC_SIZE];
      stream.readFully(file.size() - end.length, end);
      if (!Arrays.equals(sync, end)) {
        throw new EOFException("no sync marker at the end");
      }
    } catch (IOException | RuntimeException e) {
      throw DamagedFile.unreadable(file.path(), e);
    }
  }

  /** The sixteen bytes behind the header's map (Avro specification, "Object Container Files"). */
  private static byte[] syncMarker(FSDataInputStream stream) throws IOException {
    BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(stream, null);
    byte[] magic = new byte[DataFileConstants.MAGIC.length];
    decoder.readFixed(magic);
    if (!Arrays.equals(magic, DataFileConstants.MAGIC)) {
      throw new IOException("not an Avro file");
    }
    for (long entries = decoder.readMapStart(); entries > 0; entries = decoder.mapNext()) {
      for (long entry = 0; entry < entries; entry++) {
        decoder.skipString();
        decoder.skipBytes();
      }
    }
    byte[] sync = new byte[DataFileConstants.SYNC_SIZE];
    decoder.readFixed(sync);
    return sync;
  }
}
