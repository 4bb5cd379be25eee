# yaml-language-server: $schema=../../.assay-product/schemas/profile.schema.json
# EMR and the Glue Data Catalog: --profile aws. spark-submit brings the master and the sizes.
description: AWS Glue catalog and S3
catalog:
  name: glue_catalog
  properties:
    type: glue
    warehouse: ${warehouse}        # the environment variable ASSAY_WAREHOUSE, such as s3://my-bucket/warehouse
    io-impl: org.apache.iceberg.aws.s3.S3FileIO
    cache-enabled: "false"
# Jobs that protect columns need keys; the secret holds the text of a key file.
# keys:
#   secret: [=team]/keys
# Who is told about scores, lineage and holds; docs/publishing.md of the product explains each.
# publish:
#   glue: {region: eu-central-1, account: "123456789012"}
#   datazone: {domain: dzd_abc123}
#   sns: {topic: "arn:aws:sns:eu-central-1:123456789012:data-quality"}
# How long what is kept beside the tables stays; './assay maintain' removes what is older.
# retention:
#   quarantine: 90d
