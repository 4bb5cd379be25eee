# Written by 'assay init' after a look at the input: a starting point, to be reviewed.
kind: prepare
name: ${name}

inputs:
  ${name}:
<#list input as line>
    ${line}
</#list>
<#if declared>
    columns:
<#list columns as c>
<#if c.personal?has_content>
      # looks like personal data (${c.personal}): see steps
</#if>
<#if c.format?has_content || c.complete>
      ${c.source}: {type: ${c.type}<#if c.format?has_content>, format: ${c.format}</#if><#if c.complete>, nullable: false</#if>}
<#else>
      ${c.source}: ${c.type}
</#if>
</#list>
</#if>

<#if renames || personal>
<#if renames>
steps:
  - rename:
<#list columns as c><#if c.renamed>
      ${c.source}: ${c.name}
</#if></#list>
<#if personal>
  # Review: protect these columns before they are written ('assay keys create' makes the keys).
  # - protect:
<#list columns as c><#if c.personal?has_content>
  #     ${c.name}: tokenise   # or mask, encrypt, drop; looks like ${c.personal}
</#if></#list>
</#if>
<#else>
# Review: protect these columns before they are written ('assay keys create' makes the keys).
# steps:
#   - protect:
<#list columns as c><#if c.personal?has_content>
#       ${c.name}: tokenise   # or mask, encrypt, drop; looks like ${c.personal}
</#if></#list>
</#if>

</#if>
output:
  table: prepared.${name}
  mode: replace

ruleset: rulesets/prepared/${name}.dqdl

gate:
  minimum-score: 80
