package world

import (
	"encoding/binary"
	"math"
	"strings"

	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/market"
)

const (
	rate = 8_000 // samples a second
	dot  = rate / 14
)

// tape is sound that is being made.
type tape []int16

// tone adds a sine that swells and fades, so that it does not click.
func (p tape) tone(hz float64, samples int) tape {
	for i := range samples {
		edge := math.Min(1, float64(min(i, samples-i))/80)
		p = append(p, int16(9_000*edge*math.Sin(2*math.Pi*hz*float64(i)/rate)))
	}
	return p
}

func (p tape) silence(samples int) tape { return append(p, make(tape, samples)...) }

// at is now, in microseconds.
func (p tape) at() int64 { return int64(len(p)) * 1_000_000 / rate }

// wav encodes the sound and adds it to the task.
func (p tape) wav(t *Task, name string) asset {
	le := binary.LittleEndian
	out := append([]byte("RIFF"), le.AppendUint32(nil, uint32(36+2*len(p)))...)
	out = append(out, "WAVEfmt "...)
	out = le.AppendUint32(out, 16)
	out = le.AppendUint16(out, 1) // PCM
	out = le.AppendUint16(out, 1) // one channel
	out = le.AppendUint32(out, rate)
	out = le.AppendUint32(out, 2*rate)
	out = le.AppendUint16(out, 2)
	out = le.AppendUint16(out, 16)
	out = append(out, "data"...)
	out = le.AppendUint32(out, uint32(2*len(p)))
	for _, v := range p {
		out = le.AppendUint16(out, uint16(v))
	}
	return t.file(asset{Mime: "audio/wav", Name: name, Duration: p.at()}, out)
}

// morse is the alphabet of the words below.
func morse(letter rune) string {
	return map[rune]string{'A': ".-", 'D': "-..", 'E': ".", 'I': "..", 'L': ".-..", 'M': "--", 'N': "-.", 'O': "---", 'S': "...", 'T': "-"}[letter]
}

// word spells a word in tones.
func (p tape) word(text string, hz float64) tape {
	for _, letter := range text {
		for _, sign := range morse(letter) {
			length := dot
			if sign == '-' {
				length = 3 * dot
			}
			p = p.tone(hz, length).silence(dot)
		}
		p = p.silence(2 * dot)
	}
	return p
}

func calls(h *hand) Task {
	t := Task{
		Name: "calls", Title: "Words spelled in tones", Tags: []string{"audio", "transcription"},
		Summary: "Two stations send one Morse word each, one high, one low. Mark who sends when, and write down both words.",
		Spec: market.Spec{Question: "Who sends what?", Form: form(
			answer.Control{Name: "stations", Type: answer.TypeInterval, Target: "audio", Title: "Who sends when", Labels: labels("low", "high"), Required: true},
			answer.Control{Name: "words", Type: answer.TypeText, Target: "audio", Title: "The words, in order", Hint: "Capital letters, one space between", MaxLength: 40},
		)},
	}
	words := []string{"SEA", "LAND", "TIDE", "MOON", "SAIL", "TEST"}
	for range each {
		p := tape(nil).silence(rate / 2)
		var said []string
		calls := answer.Intervals{}
		for i, station := range []string{"low", "high"} {
			word, from := words[(h.below(3)+3*i)%len(words)], p.at()
			p = p.word(word, 500+400*float64(i))
			calls = append(calls, answer.Interval{Label: station, Start: from, End: p.at(), Text: word})
			said = append(said, word)
			p = p.silence(rate / 2)
		}
		t.item(map[string]any{"audio": p.wav(&t, "call.wav")}, t.filled(calls, answer.Text(strings.Join(said, " "))))
	}
	return t
}

func sensors(h *hand) Task {
	t := Task{
		Name: "sensors", Title: "Find the faults of a pump", Tags: []string{"series", "anomalies"},
		Summary: "Pressure and current of a pump over ten minutes. Mark where it stalls and where it leaks.",
		Spec: market.Spec{Question: "When does the pump stall or leak?", Form: form(
			answer.Control{Name: "faults", Type: answer.TypeInterval, Target: "pump", Labels: labels("stall", "leak"), Unit: "s", Required: true},
		)},
	}
	for range each {
		stall, leak := h.between(60, 220), h.between(320, 480)
		time, pressure, current := []int{}, []float64{}, []float64{}
		for s := range 600 {
			p, c := 6+.2*h.noise()+.5*math.Sin(float64(s)/15), 3+.1*h.noise()
			if s >= stall && s < stall+40 {
				p, c = 1+.1*h.noise(), 7+.3*h.noise()
			}
			if s >= leak && s < leak+80 {
				p -= float64(s-leak) / 30
			}
			time, pressure, current = append(time, s), append(pressure, math.Round(p*100)/100), append(current, math.Round(c*100)/100)
		}
		t.item(map[string]any{"pump": map[string]any{
			"time": time, "channels": map[string]any{"pressure": pressure, "current": current}, "unit": "s",
		}}, t.filled(answer.Intervals{{Label: "stall", Start: int64(stall), End: int64(stall + 40)}, {Label: "leak", Start: int64(leak), End: int64(leak + 80)}}))
	}
	return t
}
