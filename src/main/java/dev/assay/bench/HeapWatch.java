package dev.assay.bench;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/** How much of the heap something needs. */
final class HeapWatch {
  /**
   * In bytes.
   *
   * @param held by the result, and by all that was there before
   * @param mostAfterCollection the most that a collection left while it ran
   * @param most at any time, garbage included: it depends on how large the heap may be
   */
  record Heap(long held, long mostAfterCollection, long most) {}

  private static final List<MemoryPoolMXBean> POOLS =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .toList();
  private static final Set<String> NAMES =
      POOLS.stream().map(MemoryPoolMXBean::getName).collect(Collectors.toSet());

  private HeapWatch() {}

  static <T> Heap of(Supplier<T> work) {
    AtomicLong most = new AtomicLong();
    NotificationListener listener =
        (notification, handback) -> most.accumulateAndGet(left(notification), Math::max);
    System.gc();
    POOLS.forEach(MemoryPoolMXBean::resetPeakUsage);
    emitters().forEach(emitter -> emitter.addNotificationListener(listener, null, null));
    try {
      T result = work.get();
      long peak = POOLS.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
      System.gc();
      long held = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      java.lang.ref.Reference.reachabilityFence(result);
      return new Heap(held, Math.max(held, most.get()), peak);
    } finally {
      emitters().forEach(emitter -> remove(emitter, listener));
    }
  }

  private static long left(Notification notification) {
    if (!notification
        .getType()
        .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
      return 0;
    }
    return GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData())
        .getGcInfo()
        .getMemoryUsageAfterGc()
        .entrySet()
        .stream()
        .filter(pool -> NAMES.contains(pool.getKey()))
        .map(java.util.Map.Entry::getValue)
        .mapToLong(MemoryUsage::getUsed)
        .sum();
  }

  private static List<NotificationEmitter> emitters() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .filter(NotificationEmitter.class::isInstance)
        .map((GarbageCollectorMXBean bean) -> (NotificationEmitter) bean)
        .toList();
  }

  private static void remove(NotificationEmitter emitter, NotificationListener listener) {
    try {
      emitter.removeNotificationListener(listener);
    } catch (javax.management.ListenerNotFoundException e) {
      throw new IllegalStateException("the listener was added a moment ago", e);
    }
  }
}
