// Command netpold enforces NetworkPolicies on one node: the controller of sigs.k8s.io/kube-network-policies as a
// process. That project hands packets to itself with an nftables queue, which not every kernel has; here iptables
// does it, at the same place: after the Service address has become a pod address, before any source is rewritten.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"syscall"

	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/klog/v2"
	"sigs.k8s.io/kube-network-policies/pkg/networkpolicy"
)

const (
	chain = "NETPOLD"
	queue = 100
)

// One character longer than the kernel takes, so that it refuses the controller's nftables rules before any of them
// exists. It would refuse them anyway, for want of that queue, but with the chains in place, and as it takes a chain
// back, it drops the packets that wait in every queue: a lost question to the DNS costs a pod five seconds.
var refusedTable = strings.Repeat("x", 256)

func main() {
	klog.InitFlags(nil)
	kubeconfig := flag.String("kubeconfig", "", "file with the address and credentials of the API server")
	node := flag.String("hostname-override", "", "name of the node whose pods are guarded")
	flag.Parse()
	if err := run(*kubeconfig, *node); err != nil {
		klog.Fatal(err)
	}
}

func run(kubeconfig, node string) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	clients, err := connect(kubeconfig)
	if err != nil {
		return err
	}
	watches := informers.NewSharedInformerFactory(clients, 0)
	controller, err := newController(clients, watches, node)
	if err != nil {
		return err
	}
	if err := installRules(); err != nil {
		return err
	}
	defer removeRules()
	watches.Start(ctx.Done())
	return controller.Run(ctx)
}

func connect(kubeconfig string) (*kubernetes.Clientset, error) {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return nil, err
	}
	config.ContentType = "application/vnd.kubernetes.protobuf"
	return kubernetes.NewForConfig(config)
}

// Names of pods come from the API alone: NRI, which would need a socket of containerd, stays enabled only because
// version 0.8.0 dereferences a nil plugin without it.
func newController(clients kubernetes.Interface, watches informers.SharedInformerFactory, node string) (*networkpolicy.Controller, error) {
	return networkpolicy.NewController(
		clients,
		watches.Networking().V1().NetworkPolicies(),
		watches.Core().V1().Namespaces(),
		watches.Core().V1().Pods(),
		nil, nil, nil, nil,
		networkpolicy.Config{NodeName: node, QueueID: queue, NFTableName: refusedTable},
	)
}

// Without a daemon behind the queue new connections are dropped: it fails closed.
func installRules() error {
	removeRules()
	rules := [][]string{
		{"-N", chain},
		{"-A", chain, "-o", "lo", "-j", "RETURN"},
		// Probes of the kubelet, which policies must not stop.
		{"-A", chain, "-m", "owner", "--uid-owner", "0", "-j", "RETURN"},
		{"-A", chain, "-m", "conntrack", "--ctstate", "ESTABLISHED,RELATED", "-j", "RETURN"},
		{"-A", chain, "-j", "NFQUEUE", "--queue-num", strconv.Itoa(queue)},
		{"-A", "POSTROUTING", "-j", chain},
	}
	for _, rule := range rules {
		if err := iptables(rule...); err != nil {
			return err
		}
	}
	return nil
}

// Rules that are not there cannot be removed, which is as well.
func removeRules() {
	_ = iptables("-D", "POSTROUTING", "-j", chain)
	_ = iptables("-F", chain)
	_ = iptables("-X", chain)
}

func iptables(args ...string) error {
	command := exec.Command("iptables", append([]string{"-w", "10", "-t", "mangle"}, args...)...)
	if output, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("iptables %s: %w: %s", strings.Join(args, " "), err, output)
	}
	return nil
}
