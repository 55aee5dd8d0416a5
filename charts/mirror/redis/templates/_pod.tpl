{{/* Where pods may run, and how long they get to stop. Arguments: context, node, component. */}}
{{- define "redis.scheduling" -}}
affinity: {{- include "redis.affinity" . | nindent 2 }}
{{- range $key := list "nodeSelector" "tolerations" "topologySpreadConstraints" }}
{{- with index $.node $key }}
{{ $key }}: {{- include "redis.render" (dict "value" . "context" $.context) | nindent 2 }}
{{- end }}
{{- end }}
{{- with .node.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
terminationGracePeriodSeconds: {{ .node.terminationGracePeriodSeconds }}
{{- end -}}

{{/* The given affinity, else pods of a kind apart from each other as the preset says. */}}
{{- define "redis.affinity" -}}
{{- if .node.affinity -}}
{{- include "redis.render" (dict "value" .node.affinity "context" .context) -}}
{{- else if .node.podAntiAffinityPreset -}}
{{- $selector := dict "matchLabels" (include "redis.selectorLabels" . | fromYaml) -}}
{{- $term := dict "labelSelector" $selector "topologyKey" "kubernetes.io/hostname" -}}
{{- $soft := dict "preferredDuringSchedulingIgnoredDuringExecution" (list (dict "weight" 1 "podAffinityTerm" $term)) -}}
{{- $hard := dict "requiredDuringSchedulingIgnoredDuringExecution" (list $term) -}}
{{- toYaml (dict "podAntiAffinity" (eq .node.podAntiAffinityPreset "hard" | ternary $hard $soft)) -}}
{{- else -}}
{}
{{- end -}}
{{- end -}}

{{/* A security context without the switch that turns it on. Arguments: values, indent. */}}
{{- define "redis.securityContext" -}}
{{- if .values.enabled -}}
{{- dict "securityContext" (omit .values "enabled") | toYaml | nindent (int .indent) -}}
{{- end -}}
{{- end -}}

{{/* The three probes; a custom one replaces the chart's whole. Arguments: context, node, component. */}}
{{- define "redis.probes" -}}
{{- $scope := eq .component "replica" | ternary "local_and_master" "local" -}}
{{- range $name, $script := dict "livenessProbe" "ping_liveness" "readinessProbe" "ping_readiness" "startupProbe" "" -}}
{{- $custom := index $.node (printf "custom%s" (title $name)) -}}
{{- $probe := index $.node $name -}}
{{- if $custom }}
{{ $name }}: {{- include "redis.render" (dict "value" $custom "context" $.context) | nindent 2 }}
{{- else if $probe.enabled }}
{{ $name }}:
  {{- if $script }}
  {{- omit $probe "enabled" "timeoutSeconds" | toYaml | nindent 2 }}
  # The script gives up a second earlier than Kubernetes would, and so leaves no process behind.
  timeoutSeconds: {{ add1 $probe.timeoutSeconds }}
  exec:
    command: [sh, -c, /health/{{ $script }}_{{ $scope }}.sh {{ $probe.timeoutSeconds }}]
  {{- else }}
  {{- omit $probe "enabled" | toYaml | nindent 2 }}
  tcpSocket: { port: redis }
  {{- end }}
{{- end }}
{{- end -}}
{{- end -}}

{{/* Configuration and scripts are read at the start only, so a change has to start the pods again. */}}
{{- define "redis.podAnnotations" -}}
{{- $text := print (include "redis.configuration" .context) (include "redis.scripts" .context) (include "redis.health" .context) -}}
{{- $checksums := dict "checksum/configuration" (sha256sum $text) -}}
{{- if not (include "redis.existingSecret" .context) -}}
{{- $_ := set $checksums "checksum/secret" (include "redis.password" .context | sha256sum) -}}
{{- end -}}
{{- $given := include "redis.renderAll" (dict "values" (list .node.podAnnotations) "context" .context) | fromYaml -}}
{{- dict "annotations" (merge $checksums $given) | toYaml | nindent 6 -}}
{{- end -}}
