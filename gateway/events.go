package gateway

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

// maxStages bounds the list of stages in a question.
const maxStages = 20

// position is a place in the chain's events: block h from event index on. As
// the id of a server-sent event, "h" says that all of block h was seen, "h-i"
// that its event i was.
type position struct {
	height id.Height
	index  int
}

// events streams what happens. ?from=H begins at a block, else at the next;
// Last-Event-ID goes on after an event and outweighs from. ?stage=a,b and
// ?request=ID choose. Every event has its position as id, "stage.action" as
// type and client.Event as data; an id alone is a heartbeat.
func (g *Gateway) events(w http.ResponseWriter, r *http.Request) {
	s, err := g.newStream(w, r)
	if err != nil {
		g.fail(w, r, err)
		return
	}
	g.metrics.followers.Inc()
	defer g.metrics.followers.Dec()
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no")
	g.log.DebugContext(r.Context(), "follower left", "err", s.run(r.Context(), g.client))
}

// stream is one follower.
type stream struct {
	w         http.ResponseWriter
	rc        *http.ResponseController
	next      position
	stages    []string // none: all
	request   id.RequestID
	heartbeat time.Duration
	stall     time.Duration
	wrote     time.Time
}

func (g *Gateway) newStream(w http.ResponseWriter, r *http.Request) (*stream, error) {
	s := &stream{
		w: w, rc: http.NewResponseController(w), heartbeat: g.limits.Heartbeat, stall: g.limits.Stall,
	}
	head := g.client.Height()
	var err error
	if s.next, err = begin(r, head); err != nil {
		return nil, err
	}
	query := r.URL.Query()
	for name := range strings.SplitSeq(query.Get("stage"), ",") {
		if name != "" {
			s.stages = append(s.stages, name)
		}
	}
	if len(s.stages) > maxStages {
		return nil, fault.Limit("gateway: %d stages: want at most %d", len(s.stages), maxStages)
	}
	if text := query.Get("request"); text != "" {
		if s.request, err = id.ParseRequestID(text); err != nil {
			return nil, err
		}
	}
	if s.next.height <= head { // a block that the node has dropped is told before the stream begins
		ctx, cancel := context.WithTimeout(r.Context(), g.limits.Answer)
		defer cancel()
		_, err = g.client.Block(ctx, s.next.height)
	}
	return s, err
}

// begin returns where a follower wants to begin.
func begin(r *http.Request, head id.Height) (position, error) {
	at := position{height: head + 1}
	var err error
	if text := r.Header.Get("Last-Event-ID"); text != "" {
		at, err = after(text)
	} else if text := r.URL.Query().Get("from"); text != "" {
		at.height, err = parseHeight(text)
	}
	if err != nil {
		return at, err
	}
	if at.height > head+1 {
		return at, fault.Invalid("gateway: events from block %d: the last one is %d", at.height, head)
	}
	return at, nil
}

// after returns the position after that which an event's id names.
func after(text string) (position, error) {
	block, event, inside := strings.Cut(text, "-")
	h, err := parseHeight(block)
	if err != nil || !inside {
		return position{height: h + 1}, err
	}
	i, err := strconv.ParseUint(event, 10, 31)
	if err != nil {
		return position{}, fault.Invalid("gateway: event id %.50q: want H or H-I", text)
	}
	return position{height: h, index: int(i) + 1}, nil
}

func parseHeight(text string) (id.Height, error) {
	h, err := strconv.ParseInt(text, 10, 64)
	if err != nil || h < 1 {
		return 0, fault.Invalid("gateway: height %.50q: want a whole number from 1", text)
	}
	return id.Height(h), nil
}

// run writes until the follower leaves, reads nothing for too long, or the
// gateway stops.
func (s *stream) run(ctx context.Context, c *client.Client) error {
	_ = s.rc.SetReadDeadline(time.Time{}) // a follower has nothing more to say
	if err := s.write(": welcome\n\n"); err != nil {
		return err
	}
	for {
		block, err := s.block(ctx, c)
		switch {
		case errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil:
		case err != nil:
			return err
		default:
			if err := s.tell(block); err != nil {
				return err
			}
			s.next = position{height: block.Height + 1}
		}
		if time.Since(s.wrote) >= s.heartbeat {
			if err := s.write(fmt.Sprintf("id: %d\n\n", s.next.height-1)); err != nil {
				return err
			}
		}
	}
}

// block waits for the next block, but not beyond the next heartbeat.
func (s *stream) block(ctx context.Context, c *client.Client) (client.Block, error) {
	ctx, cancel := context.WithTimeout(ctx, s.heartbeat)
	defer cancel()
	return c.Block(ctx, s.next.height)
}

// tell writes the events that the follower wants.
func (s *stream) tell(block client.Block) error {
	var text bytes.Buffer
	for _, e := range block.Events {
		if e.Index < s.next.index || !s.wants(e) {
			continue
		}
		data, err := json.Marshal(e)
		if err != nil {
			return err
		}
		fmt.Fprintf(&text, "id: %d-%d\nevent: %s.%s\ndata: %s\n\n", e.Height, e.Index, e.Stage, e.Action, data)
	}
	if text.Len() == 0 {
		return nil
	}
	return s.write(text.String())
}

func (s *stream) wants(e client.Event) bool {
	return (len(s.stages) == 0 || slices.Contains(s.stages, e.Stage)) &&
		(s.request == "" || s.request == e.Request())
}

func (s *stream) write(text string) error {
	s.wrote = time.Now()
	_ = s.rc.SetWriteDeadline(s.wrote.Add(s.stall))
	if _, err := s.w.Write([]byte(text)); err != nil {
		return err
	}
	return s.rc.Flush()
}
