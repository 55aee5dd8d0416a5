{{/* The commands of the probes, as the data of a ConfigMap. Each gets the seconds it may take. */}}
{{- define "redis.health" -}}
ask.sh: |
  # Prints what Redis answers to a ping. Arguments: seconds, host, port, name of the password's variable.
  ask() {
    local file="${4}_FILE" password="${!4:-}"
    [[ -n ${!file:-} ]] && password=$(cat "${!file}")
    REDISCLI_AUTH=$password timeout "$1" redis-cli -h "$2" -p "$3" ping 2>&1 || [[ $? -ne 124 ]] || echo "no answer within $1 s"
  }
  # Ends well if the answer is one of the words. Arguments: who answered, the answer, words.
  accept() {
    local who=$1 answer=$2 word
    shift 2
    for word in "$@"; do [[ $answer == "$word"* ]] && return 0; done
    echo "$who: $answer"
    return 1
  }
{{- range $probe, $words := dict "liveness" "PONG LOADING MASTERDOWN" "readiness" "PONG" }}
ping_{{ $probe }}_local.sh: |
  #!/bin/bash
  . /health/ask.sh
  accept local "$(ask "$1" 127.0.0.1 "$REDIS_PORT" REDIS_PASSWORD)" {{ $words }}
{{- if eq $.Values.architecture "replication" }}
ping_{{ $probe }}_master.sh: |
  #!/bin/bash
  . /health/ask.sh
  accept master "$(ask "$1" "$REDIS_MASTER_HOST" "$REDIS_MASTER_PORT_NUMBER" REDIS_MASTER_PASSWORD)" {{ $words | replace " MASTERDOWN" "" }}
ping_{{ $probe }}_local_and_master.sh: |
  #!/bin/bash
  /health/ping_{{ $probe }}_local.sh "$1" && /health/ping_{{ $probe }}_master.sh "$1"
{{- end }}
{{- end }}
{{- end -}}
