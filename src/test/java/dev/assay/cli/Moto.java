package dev.assay.cli;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A moto server in a process of its own, on a free port, until closed. */
public final class Moto implements AutoCloseable {
  private static final Path PROGRAM = Path.of(".venv/bin/moto_server").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Process process;
  private final int port;

  private Moto(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  public static Moto start(Path log) throws IOException, InterruptedException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    ProcessBuilder builder =
        new ProcessBuilder(PROGRAM.toString(), "-H", "127.0.0.1", "-p", Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(key -> key.startsWith("AWS_"));
    Moto moto = new Moto(builder.start(), port);
    Runtime.getRuntime().addShutdownHook(new Thread(moto.process::destroyForcibly));
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!moto.answers()) {
      if (!moto.process.isAlive() || System.nanoTime() > end) {
        moto.close();
        throw new IOException("moto does not answer: " + Files.readString(log));
      }
      Thread.sleep(100);
    }
    return moto;
  }

  public S3Client s3() {
    return S3Client.builder()
        .endpointOverride(URI.create(endpoint()))
        .forcePathStyle(true)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  /** Iceberg's properties for Glue and S3 on this server. */
  public Map<String, String> catalog(String warehouse) {
    return Map.of(
        "type", "glue",
        "warehouse", warehouse,
        "io-impl", "org.apache.iceberg.aws.s3.S3FileIO",
        "glue.endpoint", endpoint(),
        "s3.endpoint", endpoint(),
        "s3.path-style-access", "true",
        "http-client.type", "urlconnection");
  }

  /** Hadoop's settings for {@code s3://} on this server. */
  public Map<String, String> hadoop() {
    return Map.of(
        "fs.s3.impl", "org.apache.hadoop.fs.s3a.S3AFileSystem",
        "fs.s3a.endpoint", endpoint(),
        "fs.s3a.path.style.access", "true",
        "fs.s3a.connection.ssl.enabled", "false",
        "fs.s3a.aws.credentials.provider", "com.amazonaws.auth.SystemPropertiesCredentialsProvider",
        "fs.s3a.attempts.maximum", "1",
        "fs.s3a.retry.limit", "1");
  }

  public String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  private boolean answers() throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint() + "/moto-api/")).build();
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      // refused until it listens
      return false;
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
