{{/* Labels that select pods. Arguments: context, component (optional). They can never change on a live release. */}}
{{- define "postgresql.selectorLabels" -}}
app.kubernetes.io/instance: {{ .context.Release.Name }}
app.kubernetes.io/name: {{ include "postgresql.name" .context }}
{{- with .component }}
app.kubernetes.io/component: {{ . }}
{{- end }}
{{- end -}}

{{/* Labels of an object. Arguments: context, component (optional), extra (optional map of templates). */}}
{{- define "postgresql.labels" -}}
{{- $own := include "postgresql.selectorLabels" . | fromYaml -}}
{{- $chart := dict
  "app.kubernetes.io/managed-by" .context.Release.Service
  "app.kubernetes.io/version" .context.Chart.AppVersion
  "helm.sh/chart" (printf "%s-%s" .context.Chart.Name .context.Chart.Version | replace "+" "_")
-}}
{{- $given := include "postgresql.renderAll" (dict "values" (list .extra .context.Values.commonLabels) "context" .context) | fromYaml -}}
{{- toYaml (merge $given $own $chart) -}}
{{- end -}}

{{/* The annotations of an object, indented for its metadata, or nothing. Arguments: context, extra (optional map of templates). */}}
{{- define "postgresql.annotations" -}}
{{- $given := include "postgresql.renderAll" (dict "values" (list .extra .context.Values.commonAnnotations) "context" .context) | fromYaml -}}
{{- with $given -}}
{{- dict "annotations" . | toYaml | nindent 2 -}}
{{- end -}}
{{- end -}}

{{/* Evaluates a value that may hold templates, whatever its type. Arguments: value, context. */}}
{{- define "postgresql.render" -}}
{{- tpl (kindIs "string" .value | ternary .value (toYaml .value)) .context -}}
{{- end -}}

{{/* Evaluates several maps and merges them, earlier ones winning. Arguments: values, context. */}}
{{- define "postgresql.renderAll" -}}
{{- $merged := dict -}}
{{- $context := .context -}}
{{- range .values -}}
{{- with . -}}
{{- $merged = merge $merged (include "postgresql.render" (dict "value" . "context" $context) | fromYaml) -}}
{{- end -}}
{{- end -}}
{{- toYaml $merged -}}
{{- end -}}
