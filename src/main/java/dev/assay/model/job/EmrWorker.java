package dev.assay.model.job;

import java.util.Map;

/**
 * A worker of EMR, as it is billed.
 *
 * @param vcpus virtual processors
 * @param memoryGb whole memory, with what Spark takes beside its heap
 * @param diskGb at least 20
 * @param disk what kind of disk
 */
public record EmrWorker(int vcpus, int memoryGb, int diskGb, Disk disk) {
  /** What a worker has free of charge. */
  public static final int LEAST_DISK_GB = 20;

  private static final int MB_OF_GB = 1024;
  private static final int LEAST_OVERHEAD_MB = 384;
  private static final Map<Integer, Memory> SHAPES =
      Map.of(
          1, new Memory(2, 8, 1),
          2, new Memory(4, 16, 1),
          4, new Memory(8, 30, 1),
          8, new Memory(16, 60, 4),
          16, new Memory(32, 120, 8));

  private record Memory(int least, int most, int step) {
    boolean has(int gb) {
      return gb >= least && gb <= most && (gb - least) % step == 0;
    }
  }

  /** Kinds of disk, and how large they may be. */
  public enum Disk {
    STANDARD(200),
    SHUFFLE_OPTIMIZED(2000);

    private final int mostGb;

    Disk(int mostGb) {
      this.mostGb = mostGb;
    }

    public int mostGb() {
      return mostGb;
    }
  }

  public EmrWorker {
    Memory memory = SHAPES.get(vcpus);
    if (memory == null) {
      throw new IllegalArgumentException(
          "a worker has no %d vCPU. Expected 1, 2, 4, 8 or 16".formatted(vcpus));
    }
    if (!memory.has(memoryGb)) {
      throw new IllegalArgumentException(
          "a worker of %d vCPU has no %d GB. Expected %d to %d in steps of %d"
              .formatted(vcpus, memoryGb, memory.least(), memory.most(), memory.step()));
    }
    if (diskGb < LEAST_DISK_GB || diskGb > disk.mostGb()) {
      throw new IllegalArgumentException(
          "a worker has no disk of %d GB. Expected %d to %d"
              .formatted(diskGb, LEAST_DISK_GB, disk.mostGb()));
    }
  }

  /**
   * The heap that fits: Spark takes a tenth of it, at least 384 MB, beside it, and a worker that
   * asks for more than its memory is billed as a larger one, or refused.
   */
  public int heapMb() {
    int all = memoryGb * MB_OF_GB;
    int heap = (int) (all * 10L / 11);
    return heap / 10 < LEAST_OVERHEAD_MB ? all - LEAST_OVERHEAD_MB : heap;
  }
}
