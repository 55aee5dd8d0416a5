{{/* The commands of the containers, as the data of a ConfigMap. */}}
{{- define "redis.scripts" -}}
start-master.sh: |
  #!/bin/bash
  {{- include "redis.startCommon" (dict "component" "master" "context" $) | nindent 2 }}
  {{- include "redis.startServer" (dict "node" .Values.master "context" $) | nindent 2 }}
{{- if eq .Values.architecture "replication" }}
start-replica.sh: |
  #!/bin/bash
  {{- include "redis.startCommon" (dict "component" "replica" "context" $) | nindent 2 }}
  # The master and clients get to know this pod by a name that outlives its address.
  {
    echo "replicaof $REDIS_MASTER_HOST $REDIS_MASTER_PORT_NUMBER"
    echo "replica-announce-ip $HOSTNAME.{{ include "redis.headlessHost" . }}"
    echo "replica-announce-port $REDIS_PORT"
  } >>"$conf"
  {{- include "redis.startServer" (dict "node" .Values.replica "context" $) | nindent 2 }}
{{- end }}
{{- end -}}

{{/*
Puts the configuration together in a file that nobody else reads, passwords included: as arguments they
would show up in every list of processes. Arguments: context, component.
*/}}
{{- define "redis.startCommon" -}}
set -euo pipefail
umask 0077
mounted=/opt/bitnami/redis/mounted-etc
conf=/opt/bitnami/redis/etc/start.conf
password_of() { local file="${1}_FILE"; if [[ -n ${!file:-} ]]; then cat "${!file}"; else printf %s "${!1:-}"; fi; }
quoted() { local text=${1//\\/\\\\}; printf '"%s"' "${text//\"/\\\"}"; }
cat "$mounted/redis.conf" "$mounted/{{ .component }}.conf" >"$conf"
echo "port $REDIS_PORT" >>"$conf"
{{- if .context.Values.auth.enabled }}
password=$(password_of REDIS_PASSWORD)
{{- if eq .component "replica" }}
master_password=$(password_of REDIS_MASTER_PASSWORD)
{{- else }}
master_password=$password
{{- end }}
echo "requirepass $(quoted "$password")" >>"$conf"
echo "masterauth $(quoted "$master_password")" >>"$conf"
{{- else }}
echo "protected-mode no" >>"$conf"
{{- end }}
{{- end -}}

{{/* Arguments: context, node. */}}
{{- define "redis.startServer" -}}
exec redis-server "$conf"{{ range .node.extraFlags }} {{ . | replace "'" "'\\''" | squote }}{{ end }}
{{- end -}}
