package dev.assay.lake.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class WarehouseLockTest {
  @TempDir Path folder;

  @Test
  void isForHadoopCatalogsOnALocalDiskWithoutALockOfTheirOwn() {
    assertThat(WarehouseLock.fits(Map.of("type", "hadoop", "warehouse", "/a/b"))).isTrue();
    assertThat(WarehouseLock.fits(Map.of("type", "hadoop", "warehouse", "file:///a/b"))).isTrue();
    assertThat(WarehouseLock.fits(Map.of("type", "hadoop", "warehouse", "hdfs://a/b"))).isFalse();
    assertThat(WarehouseLock.fits(Map.of("type", "hadoop"))).isFalse();
    assertThat(WarehouseLock.fits(Map.of("type", "glue", "warehouse", "s3://a/b"))).isFalse();
    assertThat(
            WarehouseLock.fits(
                Map.of("type", "hadoop", "warehouse", "/a/b", "lock-impl", "their.Lock")))
        .isFalse();
  }

  @Test
  @Timeout(30)
  void letsTheNextOneInWhenItIsFreed() throws Exception {
    WarehouseLock first = lock();
    WarehouseLock second = lock();
    first.acquire("v1", "one");

    CompletableFuture<Boolean> waiting =
        CompletableFuture.supplyAsync(() -> second.acquire("v1", "two"));

    assertThat(waiting.completeOnTimeout(null, 200, TimeUnit.MILLISECONDS).get()).isNull();
    assertThat(first.release("v1", "two")).as("freed by another").isFalse();
    assertThat(first.release("v1", "one")).isTrue();
    while (!second.release("v1", "two")) {
      Thread.sleep(10);
    }
    assertThat(first.acquire("v2", "one")).isTrue();
    assertThat(first.release("v2", "one")).isTrue();
  }

  private WarehouseLock lock() {
    WarehouseLock lock = new WarehouseLock();
    lock.initialize(
        Map.of("type", "hadoop", "warehouse", folder.resolve("new/warehouse").toString()));
    return lock;
  }
}
