package kit

import (
	"strings"
	"sync"
	"unicode/utf8"

	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	msgv1 "cosmossdk.io/api/cosmos/msg/v1"

	"github.com/cosmos/cosmos-sdk/codec"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"

	"github.com/alaya-network/alaya/core/fault"
)

// lean is the SDK's codec, which is shown no more of a message than who signs
// it. To find that out the SDK builds every message a second time, by reflection,
// which for a message of many numbers is most of what its transaction takes. The
// message was read whole before; what only the second reading refuses, text that
// is not UTF-8, is refused here.
type lean struct {
	*codec.ProtoCodec
	kinds *sync.Map // of *kind, by type URL
}

// kind is what is known of a type of message.
type kind struct {
	message protoreflect.MessageDescriptor
	signers map[protowire.Number]bool
}

// GetMsgAnySigners implements codec.Codec. The message that it returns has the
// fields of its signers only.
func (c lean) GetMsgAnySigners(msg *codectypes.Any) ([][]byte, proto.Message, error) {
	k, err := c.kind(msg.TypeUrl)
	if err != nil {
		return nil, nil, err
	}
	signers, err := k.only(msg.Value)
	if err != nil {
		return nil, nil, err
	}
	return c.ProtoCodec.GetMsgAnySigners(&codectypes.Any{TypeUrl: msg.TypeUrl, Value: signers})
}

func (c lean) kind(url string) (*kind, error) {
	if known, ok := c.kinds.Load(url); ok {
		return known.(*kind), nil
	}
	found, err := c.InterfaceRegistry().FindDescriptorByName(protoreflect.FullName(url[strings.LastIndexByte(url, '/')+1:]))
	if err != nil {
		return nil, err
	}
	message, ok := found.(protoreflect.MessageDescriptor)
	if !ok {
		return nil, fault.Invalid("kit: %.80q is no message", url)
	}
	k := &kind{message, map[protowire.Number]bool{}}
	for _, name := range proto.GetExtension(message.Options(), msgv1.E_Signer).([]string) {
		if field := message.Fields().ByName(protoreflect.Name(name)); field != nil {
			k.signers[field.Number()] = true
		}
	}
	c.kinds.Store(url, k)
	return k, nil
}

// only returns the fields of the signers, once all text is found to be UTF-8.
func (k *kind) only(value []byte) (signers []byte, err error) {
	err = eachField(value, func(number protowire.Number, field, content []byte) error {
		if k.signers[number] {
			signers = append(signers, field...)
		}
		return checkText(k.message, number, content)
	})
	return signers, err
}

// checkText refuses text, anywhere in a field, that is not UTF-8.
func checkText(m protoreflect.MessageDescriptor, number protowire.Number, content []byte) error {
	field := m.Fields().ByNumber(number)
	switch {
	case field == nil || content == nil:
		return nil
	case field.Kind() == protoreflect.StringKind && !utf8.Valid(content):
		return fault.Invalid("kit: %s: text of %d bytes is not UTF-8", field.FullName(), len(content))
	case field.Kind() == protoreflect.MessageKind:
		return eachField(content, func(number protowire.Number, _, content []byte) error {
			return checkText(field.Message(), number, content)
		})
	}
	return nil
}

// eachField calls f with every field of an encoded message, and with the
// content of those that have a length.
func eachField(value []byte, f func(number protowire.Number, field, content []byte) error) error {
	for len(value) > 0 {
		number, wire, head := protowire.ConsumeTag(value)
		if head < 0 {
			return protowire.ParseError(head)
		}
		size := protowire.ConsumeFieldValue(number, wire, value[head:])
		if size < 0 {
			return protowire.ParseError(size)
		}
		var content []byte
		if wire == protowire.BytesType {
			content, _ = protowire.ConsumeBytes(value[head:])
		}
		if err := f(number, value[:head+size], content); err != nil {
			return err
		}
		value = value[head+size:]
	}
	return nil
}
