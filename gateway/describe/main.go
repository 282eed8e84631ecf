// Command describe prints the OpenAPI document of the gateway's own routes,
// from which scripts/gen.sh makes TypeScript.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/alaya-network/alaya/gateway"
)

func main() {
	document, err := gateway.Document()
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(document)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "describe:", err)
		os.Exit(1)
	}
}
