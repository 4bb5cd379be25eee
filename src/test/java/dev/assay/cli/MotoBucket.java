package dev.assay.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.services.s3.S3Client;

/** A bucket of a moto server that the tests of a class share; to be registered as static. */
public final class MotoBucket implements BeforeAllCallback, AfterAllCallback {
  private final String name;
  private @Nullable Moto moto;
  private @Nullable S3Client s3;

  public MotoBucket(String name) {
    this.name = name;
  }

  public String name() {
    return name;
  }

  public S3Client s3() {
    return Objects.requireNonNull(s3, "not started");
  }

  /** Settings with which Hadoop reaches it. */
  public Map<String, String> hadoop() {
    return Objects.requireNonNull(moto, "not started").hadoop();
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException, InterruptedException {
    moto = Moto.start(Files.createTempFile("moto", ".log"));
    s3 = moto.s3();
    s3.createBucket(r -> r.bucket(name));
  }

  @Override
  public void afterAll(ExtensionContext context) throws InterruptedException {
    if (s3 != null) {
      s3.close();
    }
    if (moto != null) {
      moto.close();
    }
  }
}
