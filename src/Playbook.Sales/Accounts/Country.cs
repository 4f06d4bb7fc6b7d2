using Playbook.Sales.Import;

namespace Playbook.Sales.Accounts;

/// <summary>Countries by their names. A table of our own: the system's depends on which languages a machine has.</summary>
public static class Country
{
    private const string Names = """
        AD Andorra|AE United Arab Emirates,UAE|AF Afghanistan|AG Antigua and Barbuda|AL Albania,Albanien|AM Armenia,Armenien|AO Angola
        AR Argentina|AT Austria,Østrig|AU Australia,Australien|AZ Azerbaijan|BA Bosnia and Herzegovina,Bosnien-Hercegovina|BB Barbados
        BD Bangladesh|BE Belgium,Belgien|BF Burkina Faso|BG Bulgaria,Bulgarien|BH Bahrain|BI Burundi|BJ Benin|BN Brunei|BO Bolivia
        BR Brazil,Brasilien|BS Bahamas|BT Bhutan|BW Botswana|BY Belarus|BZ Belize|CA Canada|CD Democratic Republic of the Congo|CF Central African Republic
        CG Congo|CH Switzerland,Schweiz|CI Ivory Coast,Côte d'Ivoire|CL Chile|CM Cameroon|CN China,Kina|CO Colombia|CR Costa Rica|CU Cuba|CV Cape Verde
        CY Cyprus,Cypern|CZ Czech Republic,Czechia,Tjekkiet|DE Germany,Tyskland,Deutschland|DJ Djibouti|DK Denmark,Danmark|DM Dominica|DO Dominican Republic
        DZ Algeria|EC Ecuador|EE Estonia,Estland|EG Egypt,Egypten|ER Eritrea|ES Spain,Spanien|ET Ethiopia,Etiopien|FI Finland|FJ Fiji|FM Micronesia
        FO Faroe Islands,Færøerne|FR France,Frankrig|GA Gabon|GB United Kingdom,UK,Great Britain,England,Scotland,Wales,Storbritannien|GD Grenada
        GE Georgia,Georgien|GH Ghana|GL Greenland,Grønland|GM Gambia|GN Guinea|GQ Equatorial Guinea|GR Greece,Grækenland|GT Guatemala|GW Guinea-Bissau
        GY Guyana|HK Hong Kong|HN Honduras|HR Croatia,Kroatien|HT Haiti|HU Hungary,Ungarn|ID Indonesia,Indonesien|IE Ireland,Irland|IL Israel
        IN India,Indien|IQ Iraq,Irak|IR Iran|IS Iceland,Island|IT Italy,Italien|JM Jamaica|JO Jordan|JP Japan|KE Kenya|KG Kyrgyzstan|KH Cambodia
        KI Kiribati|KM Comoros|KN Saint Kitts and Nevis|KP North Korea,Nordkorea|KR South Korea,Korea,Republic of Korea,Sydkorea|KW Kuwait|KZ Kazakhstan
        LA Laos|LB Lebanon,Libanon|LC Saint Lucia|LI Liechtenstein|LK Sri Lanka|LR Liberia|LS Lesotho|LT Lithuania,Litauen|LU Luxembourg,Luxemburg
        LV Latvia,Letland|LY Libya|MA Morocco,Marokko|MC Monaco|MD Moldova|ME Montenegro|MG Madagascar|MH Marshall Islands|MK North Macedonia,Nordmakedonien
        ML Mali|MM Myanmar|MN Mongolia|MR Mauritania|MT Malta|MU Mauritius|MV Maldives|MW Malawi|MX Mexico|MY Malaysia|MZ Mozambique|NA Namibia|NE Niger
        NG Nigeria|NI Nicaragua|NL Netherlands,The Netherlands,Holland,Nederlandene|NO Norway,Norge|NP Nepal|NR Nauru|NZ New Zealand|OM Oman|PA Panama
        PE Peru|PG Papua New Guinea|PH Philippines,Filippinerne|PK Pakistan|PL Poland,Polen|PR Puerto Rico|PS Palestine|PT Portugal|PW Palau|PY Paraguay
        QA Qatar|RO Romania,Rumænien|RS Serbia,Serbien|RU Russia,Rusland|RW Rwanda|SA Saudi Arabia,Saudi-Arabien|SB Solomon Islands|SC Seychelles
        SD Sudan|SE Sweden,Sverige|SG Singapore|SI Slovenia,Slovenien|SK Slovakia,Slovakiet|SL Sierra Leone|SM San Marino|SN Senegal|SO Somalia|SR Suriname
        SS South Sudan|ST Sao Tome and Principe|SV El Salvador|SY Syria,Syrien|SZ Eswatini|TD Chad|TG Togo|TH Thailand|TJ Tajikistan|TL Timor-Leste
        TM Turkmenistan|TN Tunisia,Tunesien|TO Tonga|TR Turkey,Türkiye,Tyrkiet|TT Trinidad and Tobago|TV Tuvalu|TW Taiwan|TZ Tanzania|UA Ukraine|UG Uganda
        US United States,USA,US,United States of America,America|UY Uruguay|UZ Uzbekistan|VA Vatican City|VC Saint Vincent and the Grenadines|VE Venezuela
        VN Vietnam,Viet Nam|VU Vanuatu|WS Samoa|YE Yemen|ZA South Africa,Sydafrika|ZM Zambia|ZW Zimbabwe
        """;

    private static readonly Dictionary<string, (string Code, string Name)> ByKey = Build();
    private static readonly Dictionary<string, string> NameByCode = Entries().ToDictionary(entry => entry[..2], entry => entry[3..].Split(',')[0]);

    /// <summary>The two letters of ISO 3166; null for a place that is no country we know.</summary>
    public static string? Find(string name) => ByKey.TryGetValue(NameKey.Of(name), out var found) ? found.Code : null;

    /// <summary>The country's English name by its two letters; null for letters that we do not know.</summary>
    public static string? NameOf(string code) => NameByCode.GetValueOrDefault(code.ToUpperInvariant());

    /// <summary>The country's name that was probably meant by a misspelt one.</summary>
    public static string? Correct(string name) => Closest.Find(name, ByKey.Values.Select(entry => entry.Name));

    private static Dictionary<string, (string, string)> Build()
    {
        var countries = new Dictionary<string, (string, string)>();
        foreach (var entry in Entries())
        {
            var code = entry[..2];
            countries.TryAdd(NameKey.Of(code), (code, code));
            foreach (var name in entry[3..].Split(','))
                countries[NameKey.Of(name)] = (code, name);
        }
        return countries;
    }

    private static string[] Entries() => Names.Split(['|', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
