/** Language detection with Apache OpenNLP and the model that its project publishes. */
@NullMarked
package dev.assay.messages.opennlp;

import org.jspecify.annotations.NullMarked;
