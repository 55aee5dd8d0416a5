{{/* The rule of all Bitnami charts: a release whose name already holds the chart's name is not given it twice. */}}
{{- define "postgresql.fullname" -}}
{{- $name := include "postgresql.name" . -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "postgresql.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* Only with read replicas does the primary need a name that tells it from them. */}}
{{- define "postgresql.primaryName" -}}
{{- if eq .Values.architecture "replication" -}}
{{- printf "%s-%s" (include "postgresql.fullname" .) .Values.primary.name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- include "postgresql.fullname" . -}}
{{- end -}}
{{- end -}}

{{- define "postgresql.readName" -}}
{{- printf "%s-%s" (include "postgresql.fullname" .) .Values.readReplicas.name | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* Takes the name of a StatefulSet; gives that of its governing Service. */}}
{{- define "postgresql.headlessName" -}}
{{- printf "%s-hl" . | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "postgresql.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "postgresql.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}
