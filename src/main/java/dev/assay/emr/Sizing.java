package dev.assay.emr;

import dev.assay.model.job.Emr;
import dev.assay.model.job.EmrWorker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Spark's settings for a run, reckoned from the shapes of its workers. */
public final class Sizing {
  private static final int USUAL_INITIAL = 3;
  private static final String EXECUTOR_ENVIRONMENT = "spark.executorEnv.";

  private Sizing() {}

  /**
   * The settings by name. What the profile says itself wins, and takes the place of what is
   * reckoned.
   */
  public static List<Setting> of(Emr emr, Submission submission) {
    boolean serverless = emr.target() instanceof Emr.Application;
    Map<String, Setting> settings = new LinkedHashMap<>();
    EmrWorker driver = emr.workers().driver();
    EmrWorker executor = emr.workers().executor();
    int most = emr.workers().mostExecutors();
    int cores = most * executor.vcpus();
    put(settings, "spark.driver.cores", driver.vcpus(), worker("driver", driver));
    put(settings, "spark.driver.memory", driver.heapMb() + "m", heap(driver));
    put(settings, "spark.executor.cores", executor.vcpus(), worker("executor", executor));
    put(settings, "spark.executor.memory", executor.heapMb() + "m", heap(executor));
    if (serverless) {
      disk(settings, "driver", driver);
      disk(settings, "executor", executor);
    }
    put(settings, "spark.dynamicAllocation.enabled", "true", "executors come and go with the work");
    put(
        settings,
        "spark.dynamicAllocation.maxExecutors",
        most,
        "without it EMR sets no limit, and one bad join takes all there is");
    put(
        settings,
        "spark.dynamicAllocation.initialExecutors",
        Math.min(USUAL_INITIAL, most),
        "no more than the most");
    put(
        settings,
        "spark.sql.shuffle.partitions",
        2 * cores,
        "twice the %d vCPU of all executors; adaptive execution joins what is small"
            .formatted(cores));
    put(settings, "spark.sql.adaptive.enabled", "true", "partitions follow what is there");
    put(settings, "spark.sql.adaptive.coalescePartitions.enabled", "true", "");
    environment(emr, submission)
        .forEach(
            (name, value) -> {
              String driverPrefix =
                  serverless ? "spark.emr-serverless.driverEnv." : "spark.yarn.appMasterEnv.";
              put(settings, driverPrefix + name, value, "what ${…} means in the profile");
              put(settings, EXECUTOR_ENVIRONMENT + name, value, "");
            });
    emr.spark().forEach((name, value) -> put(settings, name, value, "as the profile says"));
    return new ArrayList<>(settings.values());
  }

  /** The whole of what may run at a time, for the maximum capacity of an application. */
  public static String capacity(Emr.Workers workers) {
    EmrWorker driver = workers.driver();
    EmrWorker executor = workers.executor();
    int most = workers.mostExecutors();
    return "%d vCPU, %d GB, %d GB disk"
        .formatted(
            driver.vcpus() + most * executor.vcpus(),
            driver.memoryGb() + most * executor.memoryGb(),
            driver.diskGb() + most * executor.diskGb());
  }

  /** Variables of driver and executors; the warehouse is the catalog's unless they name another. */
  private static Map<String, String> environment(Emr emr, Submission submission) {
    Map<String, String> all = new LinkedHashMap<>();
    submission.warehouse().ifPresent(warehouse -> all.put("ASSAY_WAREHOUSE", warehouse));
    all.putAll(emr.environment());
    return all;
  }

  private static void disk(Map<String, Setting> settings, String role, EmrWorker worker) {
    String prefix = "spark.emr-serverless." + role + ".disk";
    String why = worker.diskGb() == EmrWorker.LEAST_DISK_GB ? "what is free of charge" : "";
    put(settings, prefix, worker.diskGb() + "g", why);
    if (worker.disk() == EmrWorker.Disk.SHUFFLE_OPTIMIZED) {
      put(settings, prefix + ".type", "shuffle_optimized", "");
    }
  }

  private static String worker(String role, EmrWorker worker) {
    return "the %s is a worker of %d vCPU and %d GB"
        .formatted(role, worker.vcpus(), worker.memoryGb());
  }

  private static String heap(EmrWorker worker) {
    return "with a tenth of it, at least 384 MB, beside the heap it fills %d GB and not more"
        .formatted(worker.memoryGb());
  }

  private static void put(Map<String, Setting> settings, String name, Object value, String why) {
    settings.put(name, new Setting(name, String.valueOf(value), why));
  }
}
