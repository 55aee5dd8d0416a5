#!/bin/bash
# Process 1 of a node: a shell, since it has to reap the orphaned shims of containerd.
# Usage: machine-init.sh <node name> <hosts file> <file that says the node is set up> <file=value | directory>...
# Each node has its own of the directories, empty, and sees the values in place of those files.
set -eu
hostname "$1"
hosts=$2
ready=$3
shift 3
for own in "$@"; do
  case $own in
    *=*)
      file=${own%%=*}
      value=$(dirname "$ready")/kernel-${file##*/}
      echo "${own#*=}" > "$value"
      mount --bind "$value" "$file"
      ;;
    *) mount -t tmpfs -o mode=755 tmpfs "$own" ;;
  esac
done
mount --bind "$hosts" /etc/hosts
mount --make-rshared /
touch "$ready"
trap 'exit 0' TERM
while :; do
  sleep 3600 &
  wait
done
