package dev.assay.testing.aws;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Where a stub finds the objects it was told of, and leaves its own. */
public interface ObjectStorage {
  /**
   * @param prefix as in {@code s3://bucket/folder/}
   * @return all objects whose address begins so, by address
   */
  SortedMap<String, byte[]> read(String prefix);

  /**
   * @param address as in {@code s3://bucket/folder/key}
   */
  void write(String address, byte[] content);

  /** Objects of an S3 server. The client stays the caller's. */
  static ObjectStorage of(S3Client s3) {
    return new ObjectStorage() {
      private static final Pattern ADDRESS = Pattern.compile("s3://([^/]+)/?(.*)");

      @Override
      public SortedMap<String, byte[]> read(String prefix) {
        Matcher address = parse(prefix);
        SortedMap<String, byte[]> objects = new TreeMap<>();
        s3.listObjectsV2Paginator(r -> r.bucket(address.group(1)).prefix(address.group(2)))
            .contents()
            .forEach(
                object ->
                    objects.put(
                        "s3://%s/%s".formatted(address.group(1), object.key()),
                        s3.getObjectAsBytes(r -> r.bucket(address.group(1)).key(object.key()))
                            .asByteArray()));
        return objects;
      }

      @Override
      public void write(String uri, byte[] content) {
        Matcher address = parse(uri);
        s3.putObject(
            r -> r.bucket(address.group(1)).key(address.group(2)), RequestBody.fromBytes(content));
      }

      private static Matcher parse(String uri) {
        Matcher address = ADDRESS.matcher(uri);
        if (!address.matches()) {
          throw new IllegalArgumentException("'%s' is no address in S3".formatted(uri));
        }
        return address;
      }
    };
  }

  /** Objects in memory. */
  static ObjectStorage inMemory() {
    return new ObjectStorage() {
      private final ConcurrentSkipListMap<String, byte[]> objects = new ConcurrentSkipListMap<>();

      @Override
      public SortedMap<String, byte[]> read(String prefix) {
        SortedMap<String, byte[]> found = new TreeMap<>(objects);
        found.keySet().removeIf(address -> !address.startsWith(prefix));
        return found;
      }

      @Override
      public void write(String address, byte[] content) {
        objects.put(address, content);
      }
    };
  }
}
