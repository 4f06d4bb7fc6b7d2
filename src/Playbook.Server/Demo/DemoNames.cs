namespace Playbook.Server.Demo;

/// <summary>The names and words of which a company's world is made. Nobody of them exists.</summary>
internal static class DemoNames
{
    public static readonly string[] FirstNames =
        ["Mette", "Jonas", "Sara", "Per", "Anne", "Lars", "Sofie", "Mikkel", "Karen", "Henrik", "Ida", "Rasmus", "Camilla", "Thomas", "Louise", "Søren", "Maja", "Anders", "Line", "Peter",
         "Emma", "Oliver", "Freja", "Magnus", "Laura", "Kasper", "Clara", "Nikolaj", "Julie", "Frederik", "Hannah", "Lukas", "Eva", "Stefan", "Maria", "Erik", "Linnea", "Grace", "James", "Claire"];

    public static readonly string[] LastNames =
        ["Holm", "Krogh", "Lind", "Aagaard", "Bech", "Dahl", "Friis", "Gade", "Hald", "Iversen", "Juhl", "Kjær", "Lund", "Mørk", "Nygaard", "Østergaard", "Poulsen", "Qvist", "Riis", "Skov",
         "Toft", "Ulrich", "Vestergaard", "Winther", "Bang", "Carlsen", "Damgaard", "Enevoldsen", "Fisker", "Gram", "Berg", "Sand", "Strand", "Bruun", "Storm", "Lauridsen", "Becker", "Nilsson", "Hughes", "Martin"];

    private static readonly string[] Places =
        ["Nordlys", "Vestkyst", "Fjord", "Havn", "Bakke", "Skovly", "Solbakke", "Bøge", "Elme", "Klit", "Strand", "Bro", "Mølle", "Torve", "Eng", "Lund", "Ø", "Sund", "Sten", "Linde", "Birke", "Kilde", "Park", "Ravn"];

    private static readonly (string Word, string Sector)[] Trades =
    [
        ("Klinik", "medical"), ("Tandlæge", "medical"), ("Fysio", "medical"), ("Bolig", "property"), ("Energi", "energy"), ("Logistik", "logistics"), ("Design", "marketing"),
        ("Byg", "construction"), ("Data", "software"), ("Finans", "finance"), ("Skole", "education"), ("Marked", "retail"),
    ];

    public static int Companies => Places.Length * Trades.Length;

    public static readonly string[] Titles = ["Managing director", "Head of operations", "Practice manager", "Head of sales", "Finance manager", "Office manager", "Owner", "Head of service"];

    public static readonly string[] Cities = ["København", "Aarhus", "Odense", "Aalborg", "Esbjerg", "Randers", "Kolding", "Horsens", "Vejle", "Roskilde"];

    public static (string Name, string Domain, string Sector) Company(int number)
    {
        var place = Places[number % Places.Length];
        var (word, sector) = Trades[number / Places.Length % Trades.Length];
        return ($"{place} {word} {(number % 3 == 0 ? "A/S" : "ApS")}", $"{Plain(place)}-{Plain(word)}.example", sector);
    }

    public static string Plain(string name) => name.ToLowerInvariant()
        .Replace("æ", "ae", StringComparison.Ordinal).Replace("ø", "oe", StringComparison.Ordinal).Replace("å", "aa", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
}
