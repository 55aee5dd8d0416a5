#!/bin/bash
# Process 1 of a node: a shell, since it has to reap the orphaned shims of containerd.
# Usage: machine-init.sh <node name> <hosts file> <file that says the node is set up>
set -eu
hostname "$1"
# The few places that no flag of kubelet, containerd or CNI moves: each node has its own, and they go with it.
for place in /var/lib/kubelet /var/lib/cni /var/log/pods /var/log/containers /run/netns /etc/cni; do
  mkdir -p "$place"
  mount -t tmpfs -o mode=755 tmpfs "$place"
done
mount --bind "$2" /etc/hosts
mount --make-rshared /
touch "$3"
trap 'exit 0' TERM
while :; do
  sleep 3600 &
  wait
done
