package dev.assay.rules.evidence.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.rules.evidence.EvidenceBlock;
import dev.assay.rules.evidence.SliceId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IcebergEvidenceTest {
  private final InMemoryCatalog catalog = new InMemoryCatalog();
  private final IcebergEvidence store = new IcebergEvidence(catalog, Clock.systemUTC());

  @BeforeEach
  void open() {
    catalog.initialize("memory", Map.of());
  }

  @Test
  void blocksTakeThePlaceOfAllOthersOfTheTable() {
    store.save("a", List.of(block(1), block(2)));
    store.save("b", List.of(block(3)));

    assertThat(store.replace("a", List.of(block(4)))).isTrue();

    assertThat(numbers("a")).containsExactly(4L);
    assertThat(numbers("b")).containsExactly(3L);
  }

  @Test
  void whatSomebodyKeepsMeanwhileIsNotLostAndNothingFails() {
    store.save("a", List.of(block(1)));
    IcebergEvidence slow =
        new IcebergEvidence(meanwhile(() -> store.save("a", List.of(block(2)))), Clock.systemUTC());

    assertThat(slow.replace("a", List.of(block(3)))).isFalse();

    assertThat(numbers("a")).containsExactlyInAnyOrder(1L, 2L);
  }

  /** A catalog in which something happens after a table was loaded. */
  private Catalog meanwhile(Runnable something) {
    return (Catalog)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Catalog.class, SupportsNamespaces.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(catalog, arguments);
                if (method.getName().equals("loadTable")) {
                  something.run();
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private List<Long> numbers(String table) {
    return store.load(table).stream().map(block -> block.values().get(0)[0]).toList();
  }

  private static EvidenceBlock block(long number) {
    return new EvidenceBlock(
        List.of("f"), List.of(1), List.of(SliceId.of("s")), List.of(new long[] {number}));
  }
}
