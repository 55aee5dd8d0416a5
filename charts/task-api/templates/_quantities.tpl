{{/* Comparing what users write with units. */}}

{{/* Bytes of a memory or storage quantity: 20Gi, 500M, 1073741824. */}}
{{- define "task-api.bytes" -}}
{{- $powers := dict "" 1 "k" 1000 "M" 1000000 "G" 1000000000 "T" 1000000000000 "P" 1000000000000000 "Ki" 1024 "Mi" 1048576 "Gi" 1073741824 "Ti" 1099511627776 "Pi" 1125899906842624 -}}
{{- $quantity := toString . -}}
{{- $unit := regexFind "[A-Za-z]*$" $quantity -}}
{{- mulf (trimSuffix $unit $quantity | float64) (get $powers $unit) | int64 -}}
{{- end -}}

{{/* Milliseconds of a Prometheus duration: 30s, 1m30s, 500ms. */}}
{{- define "task-api.milliseconds" -}}
{{- $units := dict "ms" 1 "s" 1000 "m" 60000 "h" 3600000 "d" 86400000 "w" 604800000 "y" 31536000000 -}}
{{- $total := 0 -}}
{{- range regexFindAll "[0-9]+(ms|[smhdwy])" . -1 -}}
{{- $unit := regexFind "[a-z]+$" . -}}
{{- $total = add $total (mul (trimSuffix $unit . | int64) (get $units $unit | int64)) -}}
{{- end -}}
{{- $total -}}
{{- end -}}
