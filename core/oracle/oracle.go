// Package oracle is how validators agree on a verdict that nobody is trusted
// for: the chain fixes a job, every validator computes the same verdict from
// the same revealed work, and more than two thirds of the voting power on one
// digest fix it.
//
// Words: a job names what is judged, down to the hash over all submissions; a
// dossier is a job with all its bytes; a verdict sums up what follows from a
// dossier, small enough for a block; its digest is what validators vote on.
//
// Invariants:
//  1. A job agrees only with more than two thirds of the total power on one
//     digest.
//  2. A verdict is taken only if its digest is the agreed one.
//  3. A job that finds no quorum in time is tried again, at most MaxAttempts
//     times; nobody is paid or punished meanwhile.
//  4. Judge is a pure function: equal dossiers give equal verdicts on every
//     machine.
package oracle

import (
	"encoding/binary"
	"strconv"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

// JobState says where a job stands.
type JobState uint8

// States of a job.
const (
	JobOpen JobState = iota + 1
	JobAgreed
	JobDone
	JobAbandoned
)

// String names the state.
func (s JobState) String() string {
	return [...]string{"unspecified", "open", "agreed", "done", "abandoned"}[min(s, 4)]
}

// CanMove is the table of a job's moves; an open job may also be tried again.
func (s JobState) CanMove(to JobState) bool {
	switch s {
	case JobOpen:
		return to == JobAgreed || to == JobAbandoned
	case JobAgreed:
		return to == JobDone || to == JobAbandoned
	default:
		return false
	}
}

// Bounds of a job.
const (
	MaxAttempts = 32
	MinJobMs    = int64(1_000)                   // an attempt waits at least so long,
	MaxJobMs    = int64(7 * 24 * 60 * 60 * 1000) // and at most so long, in milliseconds
)

// CheckJobMs accepts how long an attempt of a job may wait for a quorum.
func CheckJobMs(ms int64) error {
	if ms < MinJobMs || ms > MaxJobMs {
		return fault.Limit("oracle: an attempt of %d ms: %d to %d", ms, MinJobMs, MaxJobMs)
	}
	return nil
}

// Job fixes what the oracle judges.
type Job struct {
	Request     id.RequestID
	Round       uint32
	Attempt     uint32 // from 1
	Inputs      id.Hash
	Submissions uint64
	Last        bool // no round may follow
	Deadline    id.Time
	State       JobState
	Digest      id.Hash
	Power       int64
	TotalPower  int64
	Votes       uint32
}

// Waits says whether the job waits for votes or for its verdict.
func (j Job) Waits() bool { return j.State == JobOpen || j.State == JobAgreed }

// NewJob opens the first attempt.
func NewJob(j Job, now id.Time, ms int64) Job {
	j.Attempt, j.State, j.Deadline = 1, JobOpen, now.Add(ms)
	return j
}

// Key is what votes name; it differs for every attempt.
func (j Job) Key() id.Hash {
	return id.Sum("alaya/oracle/job/v1", []byte(j.Request), binary.BigEndian.AppendUint32(nil, j.Round), binary.BigEndian.AppendUint32(nil, j.Attempt))
}

// Name names the job for people.
func (j Job) Name() string {
	return string(j.Request) + "/" + strconv.Itoa(int(j.Round)) + "#" + strconv.Itoa(int(j.Attempt))
}

func (j Job) move(to JobState) (Job, error) {
	if !j.State.CanMove(to) {
		return j, fault.State("oracle: job %s: %s cannot become %s", j.Name(), j.State, to)
	}
	j.State = to
	return j, nil
}

// Vote is the last digest a validator gave for a job.
type Vote struct {
	Job       id.Hash
	Validator string
	Digest    id.Hash
	Height    id.Height
}

// Ballot is a vote with the power behind it now.
type Ballot struct {
	Digest id.Hash
	Power  int64
}

// Count agrees the job if more than two thirds of the total power stand on one
// digest; otherwise it returns the job as it was. Powers are not negative and
// their sum fits int64, as in the engine.
func (j Job) Count(ballots []Ballot, totalPower int64) (Job, error) {
	if j.State != JobOpen {
		return j, fault.State("oracle: job %s is %s: not counted", j.Name(), j.State)
	}
	for i, b := range ballots {
		var power int64
		var votes uint32
		for _, other := range ballots {
			if other.Digest == b.Digest {
				power += other.Power
				votes++
			}
		}
		if first(ballots, b.Digest) == i && moreThanTwoThirds(power, totalPower) {
			j.Digest, j.Power, j.TotalPower, j.Votes = b.Digest, power, totalPower, votes
			return j.move(JobAgreed)
		}
	}
	return j, nil
}

func first(ballots []Ballot, d id.Hash) int {
	for i, b := range ballots {
		if b.Digest == d {
			return i
		}
	}
	return -1
}

// moreThanTwoThirds is power > 2/3 total without overflow.
func moreThanTwoThirds(power, total int64) bool {
	return total > 0 && power > total/3*2+total%3*2/3
}

// Retry opens the next attempt of a job that found no quorum, or whose verdict
// nobody brought, until its deadline. The last attempt is abandoned instead.
func (j Job) Retry(now id.Time, ms int64) (Job, error) {
	if now < j.Deadline {
		return j, fault.State("oracle: job %s runs until %s", j.Name(), j.Deadline)
	}
	if j.Attempt >= MaxAttempts {
		return j.move(JobAbandoned)
	}
	if !j.Waits() {
		return j, fault.State("oracle: job %s is %s", j.Name(), j.State)
	}
	again := Job{Request: j.Request, Round: j.Round, Inputs: j.Inputs, Submissions: j.Submissions, Last: j.Last}
	again = NewJob(again, now, ms)
	again.Attempt = j.Attempt + 1
	return again, nil
}

// Take accepts the verdict whose digest was agreed.
func (j Job) Take(v Verdict) (Job, error) {
	if v.Request != j.Request || v.Round != j.Round || v.Inputs != j.Inputs {
		return j, fault.Invalid("oracle: verdict on %s/%d over %s: job %s is over %s", v.Request, v.Round, v.Inputs, j.Name(), j.Inputs)
	}
	if j.State != JobAgreed {
		return j, fault.State("oracle: job %s is %s: no verdict is taken", j.Name(), j.State)
	}
	if d := v.Digest(); d != j.Digest {
		return j, fault.Invalid("oracle: job %s: verdict has digest %s, agreed is %s", j.Name(), d, j.Digest)
	}
	if j.Last && !v.Final {
		return j, fault.Invalid("oracle: job %s is the last, its verdict is not final", j.Name())
	}
	return j.move(JobDone)
}

// Check holds what every stored job must show.
func (j Job) Check() error {
	if j.State < JobOpen || j.State > JobAbandoned || j.Attempt < 1 || j.Attempt > MaxAttempts {
		return fault.Internal("oracle: job %s is %s", j.Name(), j.State)
	}
	if agreed := j.State == JobAgreed || j.State == JobDone; agreed && !moreThanTwoThirds(j.Power, j.TotalPower) {
		return fault.Internal("oracle: job %s is %s with %d of %d power", j.Name(), j.State, j.Power, j.TotalPower)
	}
	return nil
}
