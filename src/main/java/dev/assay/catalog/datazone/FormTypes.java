package dev.assay.catalog.datazone;

import dev.assay.model.job.MetadataForm;
import java.util.Optional;
import software.amazon.awssdk.services.datazone.model.FormTypeStatus;
import software.amazon.awssdk.services.datazone.model.GetFormTypeResponse;
import software.amazon.awssdk.services.datazone.model.ResourceNotFoundException;

/** Types of metadata forms. */
final class FormTypes {
  private final Domain domain;
  private final String project;

  /**
   * @param project that owns the types
   */
  FormTypes(Domain domain, String project) {
    this.domain = domain;
    this.project = project;
  }

  /**
   * Makes the type, or a new revision of it if it has other fields now.
   *
   * @return whether there was anything to do
   */
  boolean apply(MetadataForm form) {
    boolean same =
        find(form.name())
            .filter(type -> type.status() == FormTypeStatus.ENABLED)
            .filter(type -> form.smithy().equals(type.model().smithy()))
            .isPresent();
    if (!same) {
      domain.ask(
          "making form type " + form.name(),
          client ->
              client.createFormType(
                  r ->
                      r.domainIdentifier(domain.id())
                          .name(form.name())
                          .owningProjectIdentifier(project)
                          .status(FormTypeStatus.ENABLED)
                          .model(m -> m.smithy(form.smithy()))));
    }
    return !same;
  }

  /** Whether the domain has the type. */
  boolean has(MetadataForm form) {
    return find(form.name()).isPresent();
  }

  private Optional<GetFormTypeResponse> find(String name) {
    return domain.ask(
        "looking for form type " + name,
        client -> {
          try {
            return Optional.of(
                client.getFormType(r -> r.domainIdentifier(domain.id()).formTypeIdentifier(name)));
          } catch (ResourceNotFoundException e) {
            return Optional.empty();
          }
        });
  }
}
