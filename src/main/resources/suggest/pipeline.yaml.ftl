# Written by 'assay init': change what does not fit.
name: ${name}
owner: somebody@example.com
# schedule: "0 4 * * *"
# zone: Europe/Berlin
