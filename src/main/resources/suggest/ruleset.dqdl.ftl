# Written by 'assay init' after a look at the input. Each rule is a guess: keep what the business needs,
# say why above it, and take the rest out.
Rules = [
<#if key?has_content>
    # looks like the key
    IsPrimaryKey "${key}",
</#if>
<#list columns as c>
<#if c.complete && c.name != key>
    IsComplete "${c.name}",
</#if>
<#if c.values?has_content>
    # all values seen
    ColumnValues "${c.name}" in [<#list c.values as v>"${v}"<#sep>, </#list>]<#if !c.complete> where "`${c.name}` IS NOT NULL"</#if>,
</#if>
</#list>
<#list rules as rule>
    ${rule},
</#list>
    # an empty table is never right
    RowCount > 0
]
