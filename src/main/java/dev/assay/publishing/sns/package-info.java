/** Amazon SNS: notices for whoever subscribes to them. */
@org.jspecify.annotations.NullMarked
package dev.assay.publishing.sns;
