{{/* The three files of configuration, as the data of a ConfigMap. */}}
{{- define "redis.configuration" -}}
redis.conf: |
  {{- with .Values.commonConfiguration }}
  {{- tpl . $ | nindent 2 }}
  {{- end }}
{{- range $component := list "master" "replica" }}
{{- $node := index $.Values $component }}
{{ $component }}.conf: |
  dir {{ $node.persistence.path }}
  {{- with $node.configuration }}
  {{- tpl . $ | nindent 2 }}
  {{- end }}
  {{- range $node.disableCommands }}
  rename-command {{ . }} ""
  {{- end }}
{{- end }}
{{- end -}}
