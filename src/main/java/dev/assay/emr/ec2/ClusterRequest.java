package dev.assay.emr.ec2;

import dev.assay.emr.Plan;
import dev.assay.emr.aws.RequestJson;
import dev.assay.model.job.Emr;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.Application;
import software.amazon.awssdk.services.emr.model.Configuration;
import software.amazon.awssdk.services.emr.model.InstanceGroupConfig;
import software.amazon.awssdk.services.emr.model.InstanceRoleType;
import software.amazon.awssdk.services.emr.model.MarketType;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;
import software.amazon.awssdk.services.emr.model.StepConfig;
import software.amazon.awssdk.services.emr.model.Tag;

/**
 * What EMR on EC2 is asked for. The step is part of the request: with {@code
 * KeepJobFlowAliveWhenNoSteps} false the cluster ends with it even if nobody is there any more, and
 * there is no moment in which it has nothing to do.
 */
public final class ClusterRequest {
  private ClusterRequest() {}

  /** The request of a plan. */
  public static RunJobFlowRequest of(Plan plan, Emr.Cluster cluster) {
    RunJobFlowRequest.Builder request =
        RunJobFlowRequest.builder()
            .name(plan.attempt().name(plan.submission()))
            .releaseLabel(cluster.release())
            .applications(Application.builder().name("Spark").build())
            .serviceRole(cluster.serviceRole())
            .jobFlowRole(cluster.instanceProfile())
            .visibleToAllUsers(true)
            .stepConcurrencyLevel(1)
            .autoTerminationPolicy(policy -> policy.idleTimeout(cluster.idle().toSeconds()))
            .configurations(
                configuration("spark-defaults", plan.properties()),
                configuration("iceberg-defaults", Map.of("iceberg.enabled", "true")))
            .instances(
                instances -> {
                  instances
                      .instanceGroups(groups(cluster))
                      .keepJobFlowAliveWhenNoSteps(false)
                      .terminationProtected(false);
                  cluster.subnet().ifPresent(instances::ec2SubnetId);
                })
            .steps(step(plan))
            .tags(
                plan.tags().entrySet().stream()
                    .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                    .toList());
    plan.emr().logs().ifPresent(logs -> request.logUri(logs.endsWith("/") ? logs : logs + "/"));
    return request.build();
  }

  /** As JSON, as {@code aws emr run-job-flow --cli-input-json} takes it. */
  public static String json(Plan plan, Emr.Cluster cluster) {
    return RequestJson.of(of(plan, cluster));
  }

  /** The driver runs in the cluster, where Spark unpacks the archives beside it. */
  private static StepConfig step(Plan plan) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "spark-submit",
                "--deploy-mode",
                "cluster",
                "--class",
                Plan.MAIN_CLASS,
                "--archives",
                plan.archives(),
                plan.emr().code().jar()));
    words.addAll(plan.arguments());
    return StepConfig.builder()
        .name("assay run")
        .actionOnFailure(ActionOnFailure.TERMINATE_CLUSTER)
        .hadoopJarStep(jar -> jar.jar("command-runner.jar").args(words))
        .build();
  }

  private static List<InstanceGroupConfig> groups(Emr.Cluster cluster) {
    List<InstanceGroupConfig> groups = new ArrayList<>();
    groups.add(group(InstanceRoleType.MASTER, MarketType.ON_DEMAND, cluster.primaryType(), 1));
    groups.add(
        group(
            InstanceRoleType.CORE, MarketType.ON_DEMAND, cluster.coreType(), cluster.coreNodes()));
    if (cluster.taskNodes() > 0) {
      groups.add(
          group(InstanceRoleType.TASK, MarketType.SPOT, cluster.taskType(), cluster.taskNodes()));
    }
    return groups;
  }

  private static InstanceGroupConfig group(
      InstanceRoleType role, MarketType market, String type, int count) {
    return InstanceGroupConfig.builder()
        .instanceRole(role)
        .market(market)
        .instanceType(type)
        .instanceCount(count)
        .build();
  }

  private static Configuration configuration(String name, Map<String, String> properties) {
    return Configuration.builder().classification(name).properties(properties).build();
  }
}
