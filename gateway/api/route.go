package api

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"github.com/alaya-network/alaya/core/fault"
)

const (
	// maxLimit is the most items of one page, usualLimit what comes unasked.
	maxLimit, usualLimit = 100, 50
	// MaxBody bounds the body of a request, in bytes.
	MaxBody = 512 << 10
)

// route is one path: what it takes, what it answers.
type route struct {
	method, path string
	// name is the operation's in the OpenAPI document.
	name, summary string
	params        []param
	// body and answer are values of the types; nil body: none.
	body, answer any
	serve        func(*call) (any, error)
}

func get(path, name, summary string, answer any, serve func(*call) (any, error), params ...param) route {
	return route{method: http.MethodGet, path: "/api/v1" + path, name: name, summary: summary, params: params, answer: answer, serve: serve}
}

func post(path, name, summary string, body, answer any, serve func(*call) (any, error)) route {
	return route{method: http.MethodPost, path: "/api/v1" + path, name: name, summary: summary, body: body, answer: answer, serve: serve}
}

// list adds the params of a list.
func list(params ...param) []param { return append(params, cursorParam(), limitParam()) }

// call is a request with its values checked.
type call struct {
	*http.Request
	values map[string]string
}

// newCall checks every value that a request carries. What the route does not
// know, or knows once and gets twice, is refused by name.
func newCall(r *http.Request, known []param) (*call, error) {
	c := &call{r, map[string]string{}}
	query := r.URL.Query()
	for _, p := range known {
		text := query.Get(p.name)
		if p.inPath {
			text = r.PathValue(p.name)
		} else {
			if len(query[p.name]) > 1 {
				return nil, fault.Invalid("api: %s: given %d times", p.name, len(query[p.name]))
			}
			delete(query, p.name)
		}
		if text == "" && p.optional {
			continue
		}
		if err := p.accept(text); err != nil {
			return nil, err
		}
		c.values[p.name] = text
	}
	for name := range query {
		return nil, fault.Invalid("api: parameter %.50q: not known here", name)
	}
	return c, nil
}

// text returns a value, "" for none.
func (c *call) text(name string) string { return c.values[name] }

// number returns a value, 0 for none.
func (c *call) number(name string) int64 {
	n, _ := strconv.ParseInt(c.values[name], 10, 64) // checked by newCall
	return n
}

// limit is how many items are wanted.
func (c *call) limit() int {
	if n := int(c.number("limit")); n > 0 {
		return n
	}
	return usualLimit
}

// decode reads the body, one JSON document of known fields.
func (c *call) decode(body any) error {
	dec := json.NewDecoder(c.Body)
	dec.DisallowUnknownFields()
	err := dec.Decode(body)
	if err == nil && !errors.Is(trailing(dec), io.EOF) {
		err = errors.New("more text after its end")
	}
	var long *http.MaxBytesError
	if errors.As(err, &long) {
		return fault.Limit("api: body exceeds the limit of %d bytes", long.Limit)
	}
	if err != nil {
		return fault.Invalid("api: body: %s", strings.TrimPrefix(err.Error(), "json: "))
	}
	return nil
}

func trailing(dec *json.Decoder) error {
	_, err := dec.Token()
	return err
}

// describe is the route in OpenAPI.
func (r route) describe(s schemas) object {
	params := []object{}
	for _, p := range r.params {
		params = append(params, p.describe())
	}
	failed := func(why string) object {
		return object{"description": why, "content": content(object{"$ref": "#/components/schemas/Failed"})}
	}
	operation := object{
		"operationId": r.name, "summary": r.summary, "tags": []string{"API"}, "parameters": params,
		"responses": object{
			"200":     object{"description": "The answer.", "content": content(s.of(reflect.TypeOf(r.answer)))},
			"default": failed("What is wrong."),
		},
	}
	if r.body != nil {
		operation["requestBody"] = object{"required": true, "content": content(s.of(reflect.TypeOf(r.body)))}
	}
	return operation
}

func content(schema object) object { return object{"application/json": object{"schema": schema}} }
