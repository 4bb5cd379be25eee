package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * The policies of {@code deploy/policies} allow what a command's code can call, and nothing else.
 * The calls are those that can be reached from the command in the compiled classes; what Iceberg
 * and Hadoop call of S3 and Glue by themselves is in {@code lake.json}.
 */
class CommandPoliciesTest {
  private static final Path POLICIES = Path.of("deploy/policies");
  private static final Pattern CLIENT =
      Pattern.compile("software\\.amazon\\.awssdk\\.services\\.(\\w+)\\.\\w+Client");

  /** The names of services in policies, where the SDK calls them otherwise. */
  private static final Map<String, String> PREFIXES =
      Map.of(
          "sesv2", "ses",
          "pinpointsmsvoicev2", "sms-voice",
          "emrserverless", "emr-serverless",
          "emr", "elasticmapreduce");

  /** Calls whose permission has another name. */
  private static final Map<String, String> OTHERWISE =
      Map.of(
          "s3:HeadObject", "s3:GetObject",
          "s3:GetObjectAsBytes", "s3:GetObject",
          "s3:ListObjectsV2", "s3:ListBucket");

  /** What calls need beside themselves: roles that are passed, tags that are given. */
  private static final Set<String> ON_THE_WAY = Set.of("iam:PassRole", "comprehend:TagResource");

  /** Methods of clients that call nothing. */
  private static final Set<String> LOCAL = Set.of("builder", "create", "close", "serviceName");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.assay");

  /** They run on what is embedded; who runs them elsewhere needs the policy of {@code run}. */
  private static final Set<String> EMBEDDED = Set.of("demo", "bench");

  /** By name, each command with its subcommands that calls AWS by itself. */
  static List<Map.Entry<String, Set<String>>> commands() {
    List<Map.Entry<String, Set<String>>> calling = new ArrayList<>();
    new TreeMap<>(Main.commandLine().getSubcommands())
        .forEach(
            (name, command) -> {
              Set<String> calls = calls(command);
              if (!calls.isEmpty() && !EMBEDDED.contains(name)) {
                calling.add(Map.entry(name, calls));
              }
            });
    return calling;
  }

  private static Set<String> calls(CommandLine command) {
    Object code = command.getCommand();
    Set<String> calls =
        new TreeSet<>(
            reached(code instanceof Method method ? method.getDeclaringClass() : code.getClass()));
    command.getSubcommands().values().forEach(sub -> calls.addAll(calls(sub)));
    return calls;
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aPolicyAllowsWhatItsCommandCalls(Map.Entry<String, Set<String>> command) throws IOException {
    Set<String> allowed = allowed(POLICIES.resolve(command.getKey() + ".json"));
    allowed.removeAll(ON_THE_WAY);
    assertThat(allowed)
        .as("deploy/policies/%s.json", command.getKey())
        .containsExactlyInAnyOrderElementsOf(command.getValue());
  }

  @Test
  void theOtherPoliciesAreAsNarrow() throws IOException {
    assertThat(allowed(POLICIES.resolve("lake.json"))).isNotEmpty();
    assertThat(allowed(POLICIES.resolve("other-account.json"))).containsExactly("sts:AssumeRole");
  }

  private static Set<String> allowed(Path policy) throws IOException {
    Set<String> actions = new TreeSet<>();
    if (!Files.exists(policy)) {
      return actions;
    }
    for (JsonNode statement :
        new ObjectMapper().readTree(Files.readString(policy)).path("Statement")) {
      assertThat(statement.path("Effect").asText()).isEqualTo("Allow");
      assertThat(statement.path("Resource").toString().equals("\"*\""))
          .as("%s: %s", policy, statement.path("Sid"))
          .isEqualTo(statement.path("Sid").asText().endsWith("WithoutResources"));
      statement
          .path("Action")
          .forEach(
              action -> {
                assertThat(action.asText()).doesNotContain("*");
                actions.add(action.asText());
              });
    }
    return actions;
  }

  /** The permissions for all calls that can be reached from a command. */
  private static Set<String> reached(Class<?> command) {
    Set<String> actions = new TreeSet<>();
    Set<JavaCodeUnit> seen = new HashSet<>();
    Deque<JavaCodeUnit> todo = new ArrayDeque<>(CLASSES.get(command).getCodeUnits());
    while (!todo.isEmpty()) {
      JavaCodeUnit unit = todo.pop();
      if (!seen.add(unit)) {
        continue;
      }
      for (JavaAccess<?> access : unit.getAccessesFromSelf()) {
        action(access).ifPresent(actions::add);
        todo.addAll(targets(access));
        todo.addAll(callbacks(access));
      }
    }
    return actions;
  }

  /** Of what is made: the methods by which others, such as Spark, call it back. */
  private static List<JavaCodeUnit> callbacks(JavaAccess<?> access) {
    JavaClass made = access.getTargetOwner();
    if (!access.getTarget().getName().equals(JavaConstructor.CONSTRUCTOR_NAME)
        || !made.getPackageName().startsWith("dev.assay")) {
      return List.of();
    }
    Set<String> called =
        made.getAllRawInterfaces().stream()
            .filter(one -> !one.getPackageName().startsWith("dev.assay"))
            .flatMap(one -> one.getMethods().stream())
            .map(JavaMember::getName)
            .collect(Collectors.toSet());
    return made.getMethods().stream()
        .filter(method -> called.contains(method.getName()))
        .map(JavaCodeUnit.class::cast)
        .toList();
  }

  private static java.util.Optional<String> action(JavaAccess<?> access) {
    Matcher client = CLIENT.matcher(access.getTargetOwner().getName());
    String method = access.getTarget().getName();
    if (!client.matches() || LOCAL.contains(method)) {
      return java.util.Optional.empty();
    }
    String service = PREFIXES.getOrDefault(client.group(1), client.group(1));
    String call = method.replaceFirst("Paginator$", "");
    String action = service + ":" + Character.toUpperCase(call.charAt(0)) + call.substring(1);
    return java.util.Optional.of(OTHERWISE.getOrDefault(action, action));
  }

  /** The code that an access leads to: with a port, that of all who implement it. */
  private static List<JavaCodeUnit> targets(JavaAccess<?> access) {
    JavaClass owner = access.getTargetOwner();
    if (!owner.getPackageName().startsWith("dev.assay")) {
      return List.of();
    }
    Set<JavaClass> classes = new HashSet<>(owner.getAllSubclasses());
    classes.add(owner);
    return classes.stream()
        .flatMap(one -> one.getAllMembers().stream())
        .filter(member -> member.getName().equals(access.getTarget().getName()))
        .filter(JavaCodeUnit.class::isInstance)
        .map(JavaMember.class::cast)
        .map(JavaCodeUnit.class::cast)
        .toList();
  }
}
