package node

import (
	"fmt"
	"strings"

	"github.com/cometbft/cometbft/p2p"
)

// Peer returns what other nodes need to connect to this one: "id@host:port".
func (n *Node) Peer() string {
	host := strings.TrimPrefix(n.comet.Config().P2P.ListenAddress, "tcp://")
	return p2p.IDAddressString(n.comet.NodeInfo().ID(), host)
}

// Connect dials other nodes and stays connected with them.
func (n *Node) Connect(others ...*Node) error {
	peers := make([]string, len(others))
	for i, other := range others {
		peers[i] = other.Peer()
	}
	if err := n.comet.Switch().AddPersistentPeers(peers); err != nil {
		return fmt.Errorf("node: connect: %w", err)
	}
	if err := n.comet.Switch().DialPeersAsync(peers); err != nil {
		return fmt.Errorf("node: connect: %w", err)
	}
	return nil
}

// PeerOf returns what other nodes need to connect to the node of a home, which
// need not run, when it listens for peers at "tcp://host:port": "id@host:port".
func PeerOf(home, listen string) (string, error) {
	key, err := p2p.LoadNodeKey(homeConfig(home).NodeKeyFile())
	if err != nil {
		return "", fmt.Errorf("node: peer: %w", err)
	}
	return p2p.IDAddressString(key.ID(), strings.TrimPrefix(listen, "tcp://")), nil
}
