{{/* Parts of the agent's Deployment. */}}

{{- define "task-api.agent.env" -}}
{{- $contract := include "task-api.contract" . | fromJson -}}
- name: PORT
  value: {{ $contract.port.number | int | quote }}
- name: POD_NAME
  valueFrom:
    fieldRef:
      fieldPath: metadata.name
- name: DATABASE_URL_FILE
  value: {{ printf "%s/%s" $contract.directories.connection $contract.connectionKeys.databaseUrl }}
{{- if include "task-api.redis.present" . }}
- name: REDIS_URL_FILE
  value: {{ printf "%s/%s" $contract.directories.connection $contract.connectionKeys.redisUrl }}
{{- end }}
{{- include "task-api.credentials.env" (dict "component" "agent" "context" .) }}
{{- end -}}

{{/* A probe of the values; without a handler it asks `path`. Arguments: probe, path, port. */}}
{{- define "task-api.probe" -}}
{{- if or .probe.httpGet .probe.exec .probe.tcpSocket .probe.grpc -}}
{{- toYaml .probe -}}
{{- else -}}
{{- toYaml (merge (dict "httpGet" (dict "path" .path "port" .port)) .probe) -}}
{{- end -}}
{{- end -}}

{{- define "task-api.agent.probes" -}}
{{- $contract := include "task-api.contract" . | fromJson -}}
{{- range $name, $path := dict "startupProbe" $contract.paths.liveness "livenessProbe" $contract.paths.liveness "readinessProbe" $contract.paths.readiness -}}
{{- with index $.Values $name }}
{{ $name }}:
  {{- include "task-api.probe" (dict "probe" . "path" $path "port" $contract.port.name) | nindent 2 }}
{{- end }}
{{- end }}
{{- end -}}

{{/* Constraints without a labelSelector spread the pods of the same revision. */}}
{{- define "task-api.agent.topologySpread" -}}
{{- $selector := include "task-api.selectorLabels" (dict "component" "agent" "context" .) | fromYaml -}}
{{- $constraints := list -}}
{{- range .Values.topologySpreadConstraints -}}
{{- $own := dict "labelSelector" (dict "matchLabels" $selector) "matchLabelKeys" (list "pod-template-hash") -}}
{{- $constraints = append $constraints (hasKey . "labelSelector" | ternary . (merge (dict) . $own)) -}}
{{- end -}}
{{- with $constraints }}{{ toYaml . }}{{ end -}}
{{- end -}}

{{/* Volumes of the pod; those of the init container count too, each name once. */}}
{{- define "task-api.agent.extraVolumes" -}}
{{- $volumes := .Values.volumes | default list -}}
{{- if and .Values.migrations.enabled .Values.migrations.initContainer.enabled -}}
{{- range .Values.migrations.volumes -}}
{{- if not (has . $volumes) }}{{ $volumes = append $volumes . }}{{ end -}}
{{- end -}}
{{- end -}}
{{- with $volumes }}{{ toYaml . }}{{ end -}}
{{- end -}}
