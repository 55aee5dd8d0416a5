{{/* Where pods may run. Arguments: context, node, component. */}}
{{- define "postgresql.scheduling" -}}
{{- $context := .context -}}
affinity: {{- include "postgresql.affinity" . | nindent 2 }}
{{- range $key := list "nodeSelector" "tolerations" "topologySpreadConstraints" }}
{{- with index $.node $key }}
{{ $key }}: {{- include "postgresql.render" (dict "value" . "context" $context) | nindent 2 }}
{{- end }}
{{- end }}
{{- with .node.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- if ne (toString .node.terminationGracePeriodSeconds) "" }}
terminationGracePeriodSeconds: {{ .node.terminationGracePeriodSeconds }}
{{- end }}
{{- end -}}

{{/* The given affinity, else pods of a kind apart from each other as the preset says. */}}
{{- define "postgresql.affinity" -}}
{{- if .node.affinity -}}
{{- include "postgresql.render" (dict "value" .node.affinity "context" .context) -}}
{{- else if .node.podAntiAffinityPreset -}}
{{- $selector := dict "matchLabels" (include "postgresql.selectorLabels" . | fromYaml) -}}
{{- $term := dict "labelSelector" $selector "topologyKey" "kubernetes.io/hostname" -}}
{{- $soft := dict "preferredDuringSchedulingIgnoredDuringExecution" (list (dict "weight" 1 "podAffinityTerm" $term)) -}}
{{- $hard := dict "requiredDuringSchedulingIgnoredDuringExecution" (list $term) -}}
{{- toYaml (dict "podAntiAffinity" (eq .node.podAntiAffinityPreset "hard" | ternary $hard $soft)) -}}
{{- else -}}
{}
{{- end -}}
{{- end -}}

{{/* A security context without the switch that turns it on. Arguments: values, indent. */}}
{{- define "postgresql.securityContext" -}}
{{- if .values.enabled -}}
{{- dict "securityContext" (omit .values "enabled") | toYaml | nindent (int .indent) -}}
{{- end -}}
{{- end -}}

{{/* The three probes; a custom one replaces the chart's whole. Arguments: context, node. */}}
{{- define "postgresql.probes" -}}
{{- $context := .context -}}
{{- $node := .node -}}
{{- $command := include "postgresql.readyCommand" .context -}}
{{- range $name := list "startupProbe" "livenessProbe" "readinessProbe" -}}
{{- $custom := index $node (printf "custom%s" (title $name)) -}}
{{- $probe := index $node $name -}}
{{- if $custom }}
{{ $name }}: {{- include "postgresql.render" (dict "value" $custom "context" $context) | nindent 2 }}
{{- else if $probe.enabled }}
{{ $name }}:
  {{- omit $probe "enabled" | toYaml | nindent 2 }}
  exec:
    command: [/bin/sh, -c, {{ $command | quote }}]
{{- end }}
{{- end -}}
{{- end -}}

{{/* Asks over TCP, which the image keeps closed until the first start is through. */}}
{{- define "postgresql.readyCommand" -}}
{{- $database := include "postgresql.database" . -}}
exec pg_isready -U "{{ include "postgresql.username" . }}"{{ with $database }} -d "dbname={{ . }}"{{ end }} -h 127.0.0.1 -p {{ .Values.containerPorts.postgresql }}
{{- end -}}
