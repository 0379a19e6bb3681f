// A token endpoint for Ledgerside in Go (1.19 or newer), without any package.
package main

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"os"
	"strconv"
	"time"
)

var (
	workspace = os.Getenv("LEDGERSIDE_WORKSPACE")
	// The key is the secret's UTF-8 bytes. Do not decode it as hex or base64.
	secret = []byte(os.Getenv("LEDGERSIDE_SECRET"))
	// The server's public address, as in the element's `server`.
	server = os.Getenv("LEDGERSIDE_SERVER")
	// This CRM's own origin, which is one of the workspace's origins.
	origin = os.Getenv("CRM_ORIGIN")
)

type user struct {
	Name  string  `json:"name"`
	Email *string `json:"email"`
	Admin bool    `json:"admin"`
}

type person struct {
	ID    int     `json:"id"`
	Name  string  `json:"name"`
	Email *string `json:"email"`
}

type company struct {
	ID   int    `json:"id"`
	Name string `json:"name"`
}

type contact struct {
	name      string
	email     *string
	companyID int
}

func text(value string) *string { return &value }

// Stands for the CRM's database. A missing value is a nil pointer, which becomes null.
var users = map[int]user{
	7: {"Olivia Hart", text("olivia@crm.example"), true},
	8: {"Ben Carter", nil, false},
}
var companies = map[int]string{501: "Harbour Lights"}
var contacts = map[int]contact{
	1001: {"Nora Lindqvist", text("nora@harbourlights.example"), 501},
	1002: {"Zoë Åkesson 株式会社", nil, 0},
}

type claims map[string]any

// A JWT with HS256: header, payload and signature, in base64url without padding.
func sign(payload claims) (string, error) {
	body, err := json.Marshal(payload)
	if err != nil {
		return "", err
	}
	encode := base64.RawURLEncoding.EncodeToString
	signed := encode([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + encode(body)
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(signed))
	return signed + "." + encode(mac.Sum(nil)), nil
}

// The claims about the record; nil when there is no such record.
func describeRecord(recordType, recordID string) claims {
	if recordType == "settings" {
		people := []person{}
		for id, one := range users {
			people = append(people, person{id, one.Name, one.Email})
		}
		return claims{"record": claims{"type": "settings", "url": origin + "/settings"}, "users": people}
	}
	id, err := strconv.Atoi(recordID)
	found, exists := contacts[id]
	if recordType != "contact" || err != nil || !exists {
		return nil
	}
	var of *company
	if name, belongs := companies[found.companyID]; belongs {
		of = &company{found.companyID, name}
	}
	return claims{
		"record": claims{
			"type":  "contact",
			"id":    id,
			"url":   origin + "/contacts/" + strconv.Itoa(id),
			"name":  found.name,
			"email": found.email,
		},
		"company": of,
	}
}

// Use your own session here: return the user who is signed in to the CRM, never one named by the request.
func findUserID(request *http.Request) (int, bool) {
	cookie, err := request.Cookie("crm_user")
	if err != nil {
		return 0, false
	}
	id, err := strconv.Atoi(cookie.Value)
	_, exists := users[id]
	return id, err == nil && exists
}

func answer(request *http.Request) (int, string) {
	query := request.URL.Query()
	userID, isSignedIn := findUserID(request)
	if !isSignedIn {
		return http.StatusUnauthorized, "Sign in first."
	}
	recordType := query.Get("recordType")
	if recordType == "settings" && !users[userID].Admin {
		return http.StatusForbidden, "Only for admins."
	}
	payload := describeRecord(recordType, query.Get("recordId"))
	if payload == nil {
		return http.StatusNotFound, "There is no such record."
	}
	jti := make([]byte, 16)
	if _, err := rand.Read(jti); err != nil {
		return http.StatusInternalServerError, "No token can be made."
	}
	now := time.Now().Unix()
	for name, value := range (claims{
		"iss": workspace, "aud": server, "sub": userID, "jti": hex.EncodeToString(jti),
		"iat": now, "exp": now + 60, "user": users[userID],
	}) {
		payload[name] = value
	}
	token, err := sign(payload)
	if err != nil {
		return http.StatusInternalServerError, "No token can be made."
	}
	return http.StatusOK, token
}

func main() {
	http.HandleFunc("/ledgerside-token", func(response http.ResponseWriter, request *http.Request) {
		status, body := http.StatusMethodNotAllowed, "Only GET."
		if request.Method == http.MethodGet {
			status, body = answer(request)
		}
		response.Header().Set("Content-Type", "text/plain; charset=utf-8")
		response.Header().Set("Cache-Control", "no-store")
		response.WriteHeader(status)
		_, _ = io.WriteString(response, body)
	})
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), nil))
}
