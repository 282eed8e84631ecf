package audit

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/wire"
)

// place is where the chain keeps a record: a store and a key in it, as the
// keepers of chain/x lay them out. What names it for people.
type place struct {
	store string
	key   []byte
	what  string
}

// String names the record.
func (p place) String() string { return p.what }

// id tells places apart.
func (p place) id() string { return placeID(p.store, p.key) }

func placeID(store string, key []byte) string { return fmt.Sprintf("%s/%x", store, key) }

func datasetAt(d id.DatasetID, version uint32) place {
	return place{wire.DatasetStore, wire.DatasetKey(d, version), fmt.Sprintf("version %d of dataset %s", version, d)}
}

// parseDatasetKey reads what wire.DatasetKey wrote.
func parseDatasetKey(key []byte) (id.DatasetID, uint32, error) {
	const tail = 1 + 4 // a zero byte, the version
	if len(key) <= 1+tail {
		return "", 0, fault.Invalid("key %x: not of a dataset version", key)
	}
	d, err := id.ParseDatasetID(string(key[1 : len(key)-tail]))
	version := binary.BigEndian.Uint32(key[len(key)-4:])
	if err != nil || !bytes.Equal(wire.DatasetKey(d, version), key) {
		return "", 0, fault.Invalid("key %x: not of a dataset version", key)
	}
	return d, version, nil
}

func modelAt(m id.ModelID) place {
	return place{wire.ModelStore, wire.ModelKey(m), fmt.Sprintf("model %s", m)}
}

func modelTermsAt(m id.ModelID) place {
	return place{wire.ModelStore, wire.ModelTermsKey(m), fmt.Sprintf("terms of model %s", m)}
}

func requestAt(r id.RequestID) place {
	return place{"market", append([]byte{1}, r...), fmt.Sprintf("request %s", r)}
}

func termsAt(r id.RequestID) place {
	return place{"market", append([]byte{2}, r...), fmt.Sprintf("terms of request %s", r)}
}

func engagementAt(r id.RequestID, who id.Address) place {
	return place{"market", append(append(append([]byte{8}, r...), 0), who...), fmt.Sprintf("engagement of %s on request %s", who, r)}
}

func roundAt(r id.RequestID, n uint32) place {
	return place{"work", numbered(3, r, n), fmt.Sprintf("round %s/%d", r, n)}
}

func jobAt(r id.RequestID, round uint32) place {
	return place{"quality", numbered(2, r, round), fmt.Sprintf("job of round %s/%d", r, round)}
}

func verdictAt(r id.RequestID, round uint32) place {
	return place{"quality", numbered(5, r, round), fmt.Sprintf("verdict on round %s/%d", r, round)}
}

func settlementAt(r id.RequestID, milestone uint32) place {
	return place{"settle", numbered(3, r, milestone), fmt.Sprintf("settlement of milestone %d of request %s", milestone, r)}
}

// numbered is prefix ‖ request ‖ 0x00 ‖ number (uint32, big endian).
func numbered(prefix byte, r id.RequestID, n uint32) []byte {
	key := append([]byte{prefix}, r...)
	return binary.BigEndian.AppendUint32(append(key, 0), n)
}
