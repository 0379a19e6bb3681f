<?php
// A token endpoint for Ledgerside in PHP (8.0 or newer), without any package.
declare(strict_types=1);

define('WORKSPACE', getenv('LEDGERSIDE_WORKSPACE'));
// The key is the secret's UTF-8 bytes. Do not decode it as hex or base64.
define('SECRET', getenv('LEDGERSIDE_SECRET'));
// The server's public address, as in the element's `server`.
define('SERVER', getenv('LEDGERSIDE_SERVER'));
// This CRM's own origin, which is one of the workspace's origins.
define('ORIGIN', getenv('CRM_ORIGIN'));

// Stands for the CRM's database. A missing value is null.
const USERS = [
    7 => ['name' => 'Olivia Hart', 'email' => 'olivia@crm.example', 'admin' => true],
    8 => ['name' => 'Ben Carter', 'email' => null, 'admin' => false],
];
const COMPANIES = [501 => ['name' => 'Harbour Lights']];
const CONTACTS = [
    1001 => ['name' => 'Nora Lindqvist', 'email' => 'nora@harbourlights.example', 'companyId' => 501],
    1002 => ['name' => 'Zoë Åkesson 株式会社', 'email' => null, 'companyId' => null],
];

function base64url(string $bytes): string
{
    return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
}

/** A JWT with HS256: header, payload and signature, in base64url without padding. */
function sign(array $claims): string
{
    $header = base64url(json_encode(['alg' => 'HS256', 'typ' => 'JWT']));
    $payload = base64url(json_encode($claims, JSON_THROW_ON_ERROR));
    return "$header.$payload." . base64url(hash_hmac('sha256', "$header.$payload", SECRET, true));
}

/** The claims about the record; null when there is no such record. */
function describeRecord(string $type, string $id): ?array
{
    if ($type === 'settings') {
        $people = [];
        foreach (USERS as $userId => $user) {
            $people[] = ['id' => $userId, 'name' => $user['name'], 'email' => $user['email']];
        }
        return ['record' => ['type' => 'settings', 'url' => ORIGIN . '/settings'], 'users' => $people];
    }
    $contact = $type === 'contact' && ctype_digit($id) ? CONTACTS[(int) $id] ?? null : null;
    if ($contact === null) {
        return null;
    }
    $companyId = $contact['companyId'];
    return [
        'record' => [
            'type' => 'contact',
            'id' => (int) $id,
            'url' => ORIGIN . "/contacts/$id",
            'name' => $contact['name'],
            'email' => $contact['email'],
        ],
        'company' => $companyId === null ? null : ['id' => $companyId, 'name' => COMPANIES[$companyId]['name']],
    ];
}

/** Use your own session here: return the user who is signed in to the CRM, never one named by the request. */
function findUserId(): ?int
{
    $id = $_COOKIE['crm_user'] ?? '';
    return is_string($id) && ctype_digit($id) && isset(USERS[(int) $id]) ? (int) $id : null;
}

function answer(string $type, string $id): array
{
    $userId = findUserId();
    if ($userId === null) {
        return [401, 'Sign in first.'];
    }
    if ($type === 'settings' && !USERS[$userId]['admin']) {
        return [403, 'Only for admins.'];
    }
    $described = describeRecord($type, $id);
    if ($described === null) {
        return [404, 'There is no such record.'];
    }
    return [200, sign([
        'iss' => WORKSPACE,
        'aud' => SERVER,
        'sub' => $userId,
        'jti' => bin2hex(random_bytes(16)),
        'iat' => time(),
        'exp' => time() + 60,
        'user' => USERS[$userId],
    ] + $described)];
}

$isAsked = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH) === '/ledgerside-token' && $_SERVER['REQUEST_METHOD'] === 'GET';
$query = array_map(fn ($value) => is_string($value) ? $value : '', $_GET);
[$status, $text] = $isAsked ? answer($query['recordType'] ?? '', $query['recordId'] ?? '') : [404, 'Nothing is here.'];
http_response_code($status);
header('Content-Type: text/plain; charset=utf-8');
header('Cache-Control: no-store');
echo $text;
