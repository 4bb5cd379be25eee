/** Keys in AWS Secrets Manager, encrypted there with KMS; read only. */
@NullMarked
package dev.assay.keys.secretsmanager;

import org.jspecify.annotations.NullMarked;
