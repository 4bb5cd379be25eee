/**
 * What tests put in the place of AWS: servers that answer like a service, and a check of every
 * request against the service's own model.
 *
 * <p>The models are those of the Python environment that the build makes, so tests here are
 * integration tests. Nothing in this package knows the code under test.
 */
package dev.assay.testing.aws;
