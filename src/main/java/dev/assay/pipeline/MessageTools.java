package dev.assay.pipeline;

import dev.assay.messages.Answers;
import dev.assay.messages.ClassifierSource;
import dev.assay.messages.Languages;
import dev.assay.messages.Reviews;

/** What classify jobs need from outside. */
public record MessageTools(
    ClassifierSource classifiers, Languages languages, Answers answers, Reviews reviews) {}
