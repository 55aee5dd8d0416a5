{{/* Names, labels and the metadata block that every object of this chart starts with. */}}

{{- define "task-api.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "task-api.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- include "task-api.releaseScopedName" (dict "name" (default .Chart.Name .Values.nameOverride) "context" .) -}}
{{- end -}}
{{- end -}}

{{/* The rule of the Bitnami charts, so that hosts computed here are the Services created there. */}}
{{- define "task-api.releaseScopedName" -}}
{{- if contains .name .context.Release.Name -}}
{{- .context.Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .context.Release.Name .name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* Arguments: suffix, context. Full name with the suffix, at most 63 characters; a hash keeps shortened names of two releases apart. */}}
{{- define "task-api.suffixedName" -}}
{{- $fullname := include "task-api.fullname" .context -}}
{{- $name := printf "%s-%s" $fullname .suffix -}}
{{- if gt (len $name) 63 -}}
{{- $room := sub 53 (len .suffix) | int -}}
{{- $name = printf "%s-%s-%s" ($fullname | trunc $room | trimSuffix "-") ($fullname | sha256sum | trunc 8) .suffix -}}
{{- end -}}
{{- $name -}}
{{- end -}}

{{/* Immutable on a live Deployment. The component keeps pods of hooks and tests out of Service and budget. */}}
{{- define "task-api.selectorLabels" -}}
app.kubernetes.io/name: {{ include "task-api.name" .context }}
app.kubernetes.io/instance: {{ .context.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{- define "task-api.labels" -}}
{{- $selector := include "task-api.selectorLabels" . | fromYaml -}}
{{- $chart := dict "helm.sh/chart" (printf "%s-%s" .context.Chart.Name .context.Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-") -}}
{{- $standard := dict "app.kubernetes.io/version" (include "task-api.version" .context) "app.kubernetes.io/managed-by" .context.Release.Service -}}
{{- toYaml (mergeOverwrite (dict) (.context.Values.commonLabels | default dict) (.labels | default dict) $standard $chart $selector) -}}
{{- end -}}

{{/* Without helm.sh/chart, which would replace every pod when the chart's version alone changes. */}}
{{- define "task-api.podLabels" -}}
{{- $selector := include "task-api.selectorLabels" . | fromYaml -}}
{{- $standard := dict "app.kubernetes.io/version" (include "task-api.version" .context) -}}
{{- toYaml (mergeOverwrite (dict) (.context.Values.commonLabels | default dict) (.labels | default dict) $standard $selector) -}}
{{- end -}}

{{- define "task-api.version" -}}
{{- .Values.image.tag | default .Chart.AppVersion | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* Arguments: component, context; optional name, or suffix of the full name, and namespace, labels, annotations. */}}
{{- define "task-api.metadata" -}}
name: {{ if .suffix }}{{ include "task-api.suffixedName" . }}{{ else }}{{ .name | default (include "task-api.fullname" .context) }}{{ end }}
namespace: {{ .namespace | default .context.Release.Namespace }}
labels:
  {{- include "task-api.labels" . | nindent 2 }}
{{- with mergeOverwrite (dict) (.context.Values.commonAnnotations | default dict) (.annotations | default dict) }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "task-api.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- .Values.serviceAccount.name | default (include "task-api.fullname" .) -}}
{{- else -}}
{{- .Values.serviceAccount.name | default "default" -}}
{{- end -}}
{{- end -}}

{{/* What the agent's image promises: arguments, port, paths, directories and keys. */}}
{{- define "task-api.contract" -}}
{{- .Files.Get "contract.gen.json" | required "contract.gen.json is missing from the chart: run npx gitops generate" -}}
{{- end -}}

{{/* "true" unless the value is null or an empty string; 0 and false are set. */}}
{{- define "task-api.isSet" -}}
{{- if not (or (kindIs "invalid" .) (eq (toString .) "")) }}true{{ end -}}
{{- end -}}

{{/* Pods that run at least: the floor of the autoscaler, or the fixed number. */}}
{{- define "task-api.minimumReplicas" -}}
{{- ternary .Values.autoscaling.minReplicas .Values.replicaCount .Values.autoscaling.enabled | int -}}
{{- end -}}
