package audit_test

import (
	"bytes"
	"testing"
	"testing/fstest"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/client/audit"
)

// folder is the delivered folder in memory.
func (c *campaign) folder() fstest.MapFS {
	m := fstest.MapFS{}
	for _, f := range c.files() {
		m[f.Name] = &fstest.MapFile{Data: f.Text, Mode: 0o644}
	}
	return m
}

func TestABundleReadsWhatItWrites(t *testing.T) {
	c := newCampaign(t)
	b, err := audit.Load(c.folder())
	if err != nil {
		t.Fatal(err)
	}
	files, err := b.Files()
	if err != nil {
		t.Fatal(err)
	}
	want := c.folder()
	for _, f := range files {
		if !bytes.Equal(want[f.Name].Data, f.Text) {
			t.Errorf("%s is written otherwise than it was read", f.Name)
		}
	}
	if len(b.Blobs) < len(c.Submissions) || len(b.Engagements) != 4 || len(b.Verdicts) != 2 {
		t.Errorf("read %d blobs, %d engagements, %d verdicts", len(b.Blobs), len(b.Engagements), len(b.Verdicts))
	}
}

func FuzzLoad(f *testing.F) {
	c := newCampaign(f)
	whole := c.folder()
	names := []string{audit.HeaderFile, audit.StateFile, audit.SubmissionsFile}
	f.Add(whole[names[0]].Data, whole[names[1]].Data, whole[names[2]].Data)
	f.Add([]byte(`{"signed_header":{"header":{"height":"2"},"commit":{"signatures":[{}]}},"validator_set":{"validators":[null]}}`), []byte("{}\n"), []byte("\n"))
	f.Add([]byte(`{"signed_header":null}`), []byte(`{"store":"dataset","key":"AQ==","value":"AQ==","height":1,"path":null}`+"\n"), []byte(`{"round":1}`+"\n"))
	f.Fuzz(func(t *testing.T, header, state, submissions []byte) {
		folder := fstest.MapFS{}
		for name, file := range whole {
			folder[name] = file
		}
		for i, text := range [][]byte{header, state, submissions} {
			folder[names[i]] = &fstest.MapFile{Data: text, Mode: 0o644}
		}
		b, err := audit.Load(folder)
		if err != nil {
			return
		}
		files, err := b.Files()
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if !bytes.Equal(folder[file.Name].Data, file.Text) {
				t.Errorf("%s: read %q, written %q", file.Name, folder[file.Name].Data, file.Text)
			}
		}
		if err := client.VerifyHeader(b.Chain(), b.Header); err == nil && !bytes.Equal(header, whole[names[0]].Data) {
			t.Errorf("a header out of nothing is signed: %s", header)
		}
	})
}

func FuzzParseTrust(f *testing.F) {
	set, _ := (&campaign{t: f, validators: []string{"one", "two"}}).validatorSet()
	text, err := client.Header{Validators: set}.MarshalJSON()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add([]byte(`{"validators":[{"voting_power":"9223372036854775807"}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		if trust, err := audit.ParseTrust(text, "file"); err == nil && trust.Validators.TotalVotingPower() < 0 {
			t.Errorf("power %d", trust.Validators.TotalVotingPower())
		}
	})
}
